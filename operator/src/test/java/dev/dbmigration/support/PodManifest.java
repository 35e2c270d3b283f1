package dev.dbmigration.support;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobStatus;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** From a Job to its pod, as the Job controller does it. */
final class PodManifest {

  private static final String TRACKING = "batch.kubernetes.io/job-tracking";

  private PodManifest() {}

  static boolean isFinished(Job job) {
    return Optional.ofNullable(job.getStatus())
        .map(JobStatus::getConditions)
        .orElse(List.of())
        .stream()
        .anyMatch(condition ->
            List.of("Complete", "Failed").contains(condition.getType())
                && condition.getStatus().equals("True"));
  }

  static Pod of(Job job) {
    var template = job.getSpec().getTemplate();
    var base =
        template.getMetadata() == null ? new ObjectMetaBuilder().build() : template.getMetadata();
    var name = job.getMetadata().getName();
    var uid = job.getMetadata().getUid();
    return new PodBuilder()
        .withNewMetadataLike(base)
        .withNamespace(job.getMetadata().getNamespace())
        .withName(name + "-" + UUID.randomUUID().toString().substring(0, 5))
        .addToLabels("batch.kubernetes.io/job-name", name)
        .addToLabels("job-name", name)
        .addToLabels("batch.kubernetes.io/controller-uid", uid)
        .addToLabels("controller-uid", uid)
        .withFinalizers(TRACKING)
        .withOwnerReferences(
            new OwnerReferenceBuilder()
                .withApiVersion("batch/v1")
                .withKind("Job")
                .withName(name)
                .withUid(uid)
                .withController(true)
                .withBlockOwnerDeletion(true)
                .build())
        .endMetadata()
        .withSpec(template.getSpec())
        .build();
  }
}
