package dev.dbmigration.job;

import dev.dbmigration.model.RunRequest;
import dev.dbmigration.model.Source;
import dev.dbmigration.report.RunContract;
import io.fabric8.kubernetes.api.model.KeyToPath;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The volumes of a runner's pod, each at the place that {@link RunContract} names. Secrets and
 * ConfigMaps are optional: a pod that waits for one says nothing, the runner says what is missing.
 */
final class Mounts {

  /** Readable for owner and group, for nobody else. */
  private static final int SECRET_MODE = 0440;

  private static final int PUBLIC_MODE = 0444;

  /** For what the Java runtime may leave; we write nothing. */
  private static final Quantity TEMPORARY_SIZE = new Quantity("64Mi");

  private final List<Volume> volumes = new ArrayList<>();
  private final List<VolumeMount> volumeMounts = new ArrayList<>();

  Mounts(RunRequest request) {
    addTarget(request);
    addSource(request.source());
    addTemporary();
  }

  /** For the pod. */
  List<Volume> volumes() {
    return volumes;
  }

  /** For the container. */
  List<VolumeMount> volumeMounts() {
    return volumeMounts;
  }

  private void addTarget(RunRequest request) {
    var tls = request.target().tls();
    addSecret(RunContract.TARGET_FOLDER, request.target().secretName());
    request
        .placeholdersSecretName()
        .ifPresent(name -> addSecret(RunContract.PLACEHOLDERS_FOLDER, name));
    tls.caSecretName().ifPresent(name -> addSecret(RunContract.CA_FOLDER, name, "ca.crt"));
    tls.caConfigMapName()
        .ifPresent(name -> addConfigMap(RunContract.CA_FOLDER, RunContract.CA_FOLDER, name));
    tls.clientCertificateSecretName()
        .ifPresent(
            name -> addSecret(RunContract.CLIENT_CERTIFICATE_FOLDER, name, "tls.crt", "tls.key"));
  }

  private void addSource(Source source) {
    switch (source) {
      case Source.Inline _ -> addInline();
      case Source.ConfigMaps(var configMaps) -> {
        for (int i = 0; i < configMaps.size(); i++) {
          addConfigMap(
              RunContract.SOURCE_FOLDER + "-" + i,
              RunContract.SOURCE_FOLDER + "/" + i,
              configMaps.get(i).name());
        }
      }
    }
  }

  /** A Secret, whole or only some of its keys: what is not needed stays outside the pod. */
  private void addSecret(String folder, String name, String... keys) {
    var items = Stream.of(keys).map(key -> new KeyToPath(key, null, key)).toList();
    add(
        new VolumeBuilder()
            .withName(folder)
            .withNewSecret()
            .withSecretName(name)
            .withItems(items)
            .withDefaultMode(SECRET_MODE)
            .withOptional(true)
            .endSecret()
            .build(),
        folder);
  }

  private void addConfigMap(String volume, String folder, String name) {
    add(
        new VolumeBuilder()
            .withName(volume)
            .withNewConfigMap()
            .withName(name)
            .withDefaultMode(PUBLIC_MODE)
            .withOptional(true)
            .endConfigMap()
            .build(),
        folder);
  }

  private void addInline() {
    var folderAndFile = RunContract.INLINE_FILE.split("/", 2);
    add(
        new VolumeBuilder()
            .withName(folderAndFile[0])
            .withNewDownwardAPI()
            .addNewItem()
            .withPath(folderAndFile[1])
            .withNewFieldRef()
            .withFieldPath("metadata.annotations['" + JobManifest.INLINE + "']")
            .endFieldRef()
            .endItem()
            .endDownwardAPI()
            .build(),
        folderAndFile[0]);
  }

  private void addTemporary() {
    volumes.add(
        new VolumeBuilder()
            .withName("tmp")
            .withNewEmptyDir()
            .withSizeLimit(TEMPORARY_SIZE)
            .endEmptyDir()
            .build());
    volumeMounts.add(new VolumeMountBuilder().withName("tmp").withMountPath("/tmp").build());
  }

  private void add(Volume volume, String folder) {
    volumes.add(volume);
    volumeMounts.add(
        new VolumeMountBuilder()
            .withName(volume.getName())
            .withMountPath(RunContract.DEFAULT_ROOT + "/" + folder)
            .withReadOnly(true)
            .build());
  }
}
