package dev.dbmigration.e2e;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A test class that needs a Kubernetes. It is skipped, with a printed reason, where none can be
 * had, and fails there instead when the environment says {@code REQUIRE_E2E=true}. Its methods may
 * ask for a {@link Cluster}, a {@link TestNamespace} of their own and an empty {@link Database}.
 * When a test fails, what the cluster knows about it is printed.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(ClusterExtension.class)
@interface OnACluster {}
