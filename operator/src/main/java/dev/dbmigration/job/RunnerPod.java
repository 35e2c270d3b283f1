package dev.dbmigration.job;

import dev.dbmigration.model.RunRequest;
import dev.dbmigration.report.RunContract;
import dev.dbmigration.report.RunRequests;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.PodSecurityContextBuilder;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.SecurityContextBuilder;
import java.util.ArrayList;
import java.util.List;

/** The pod in which the runner works, under the restricted Pod Security Standard. */
record RunnerPod(RunRequest request, JobSettings settings, PodOptions options) {

  /** The numeric user and group of the image; a name could not be checked for being root. */
  private static final long USER = 65532;

  PodSpec spec() {
    var mounts = new Mounts(request);
    return new PodSpecBuilder()
        .withRestartPolicy("Never")
        .withAutomountServiceAccountToken(false)
        .withEnableServiceLinks(false)
        .withTerminationGracePeriodSeconds(settings.gracePeriod().toSeconds())
        .withSecurityContext(podSecurity())
        .withImagePullSecrets(options.imagePullSecrets())
        .withNodeSelector(options.nodeSelector())
        .withTolerations(options.tolerations())
        .withContainers(container(mounts))
        .withVolumes(mounts.volumes())
        .build();
  }

  private Container container(Mounts mounts) {
    return new ContainerBuilder()
        .withName(JobManifest.CONTAINER)
        .withImage(settings.image())
        .withImagePullPolicy(settings.imagePullPolicy())
        .withCommand("java", "@/opt/dbmigration/run.options")
        .withArgs("run")
        .withEnv(environment())
        .withResources(resources())
        .withSecurityContext(containerSecurity())
        .withTerminationMessagePath(RunContract.DEFAULT_TERMINATION_MESSAGE)
        .withTerminationMessagePolicy("File")
        .withVolumeMounts(mounts.volumeMounts())
        .build();
  }

  private ResourceRequirements resources() {
    return RunnerResources.filledUp(options.resources().orElseGet(ResourceRequirements::new));
  }

  private List<EnvVar> environment() {
    var variables = new ArrayList<EnvVar>();
    variables.add(new EnvVar(RunContract.REQUEST, requestText(), null));
    variables.add(
        new EnvVar(
            RunContract.GRACE_PERIOD, Long.toString(settings.gracePeriod().toSeconds()), null));
    if (settings.allowLoopback()) {
      variables.add(new EnvVar(RunContract.ALLOW_LOOPBACK, "true", null));
    }
    return variables;
  }

  /** Without dollar signs: the kubelet would turn {@code $$} into one of them. */
  private String requestText() {
    return RunRequests.write(request).replace("$", "\\u0024");
  }

  /** The group owns the files of mounted Secrets, so that the user can read them. */
  private static PodSecurityContext podSecurity() {
    return new PodSecurityContextBuilder()
        .withRunAsNonRoot(true)
        .withRunAsUser(USER)
        .withRunAsGroup(USER)
        .withFsGroup(USER)
        .withNewSeccompProfile()
        .withType("RuntimeDefault")
        .endSeccompProfile()
        .build();
  }

  private static SecurityContext containerSecurity() {
    return new SecurityContextBuilder()
        .withAllowPrivilegeEscalation(false)
        .withReadOnlyRootFilesystem(true)
        .withNewCapabilities()
        .withDrop("ALL")
        .endCapabilities()
        .build();
  }
}
