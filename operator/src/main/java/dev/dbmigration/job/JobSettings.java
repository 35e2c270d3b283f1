package dev.dbmigration.job;

import java.time.Duration;

/**
 * What the operator decides about every Job; no part of the inputs of a run.
 *
 * @param image of the runner
 * @param imagePullPolicy when the kubelet pulls it
 * @param gracePeriod between the signal to stop and the end of the pod
 * @param allowLoopback whether a target may have a loopback address
 */
public record JobSettings(
    String image, String imagePullPolicy, Duration gracePeriod, boolean allowLoopback) {}
