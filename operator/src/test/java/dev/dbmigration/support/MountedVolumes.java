package dev.dbmigration.support;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.DownwardAPIVolumeFile;
import io.fabric8.kubernetes.api.model.KeyToPath;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Puts the volumes of a pod into a folder, as they are at that moment. */
final class MountedVolumes {

  private static final Pattern ANNOTATION = Pattern.compile("metadata\\.annotations\\['(.+)']");

  /** A volume that is not optional and whose object is not there. */
  static final class MissingException extends Exception {
    private static final long serialVersionUID = 1;

    MissingException(String message) {
      super(message);
    }
  }

  private final KubernetesClient client;
  private final Pod pod;
  private final Path root;

  /**
   * Prepares the mounts of a pod.
   *
   * @param client to read Secrets and ConfigMaps
   * @param pod whose volumes
   * @param root stands for the root of the container's file system
   */
  MountedVolumes(KubernetesClient client, Pod pod, Path root) {
    this.client = client;
    this.pod = pod;
    this.root = root;
  }

  void mount() throws IOException, MissingException {
    for (var mount : pod.getSpec().getContainers().getFirst().getVolumeMounts()) {
      mount(mount);
    }
  }

  private void mount(VolumeMount mount) throws IOException, MissingException {
    var target = Files.createDirectories(root.resolve(mount.getMountPath().substring(1)));
    for (var file : filesOf(volume(mount.getName())).entrySet()) {
      var path = target.resolve(file.getKey());
      Files.createDirectories(path.getParent());
      Files.write(path, file.getValue());
    }
  }

  private Volume volume(String name) {
    return pod.getSpec().getVolumes().stream()
        .filter(volume -> volume.getName().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("the pod has no volume " + name));
  }

  private Map<String, byte[]> filesOf(Volume volume) throws MissingException {
    if (volume.getSecret() != null) {
      var source = volume.getSecret();
      return chosen(secret(source.getSecretName(), source.getOptional()), source.getItems());
    }
    if (volume.getConfigMap() != null) {
      var source = volume.getConfigMap();
      return chosen(configMap(source.getName(), source.getOptional()), source.getItems());
    }
    if (volume.getDownwardAPI() != null) {
      return downward(volume.getDownwardAPI().getItems());
    }
    if (volume.getEmptyDir() != null) {
      return Map.of();
    }
    throw new IllegalStateException("volumes like this are unknown here: " + volume);
  }

  private Map<String, byte[]> secret(String name, Boolean optional) throws MissingException {
    var found = client.secrets().inNamespace(namespace()).withName(name).get();
    return present(found, optional, "secret \"" + name + "\" not found")
        .map(Secret::getData)
        .map(MountedVolumes::decoded)
        .orElse(Map.of());
  }

  private Map<String, byte[]> configMap(String name, Boolean optional) throws MissingException {
    var found = client.configMaps().inNamespace(namespace()).withName(name).get();
    return present(found, optional, "configmap \"" + name + "\" not found")
        .map(MountedVolumes::contentOf)
        .orElse(Map.of());
  }

  private static Map<String, byte[]> contentOf(ConfigMap map) {
    var files = new TreeMap<String, byte[]>();
    orEmpty(map.getData())
        .forEach((key, text) -> files.put(key, text.getBytes(StandardCharsets.UTF_8)));
    files.putAll(decoded(orEmpty(map.getBinaryData())));
    return files;
  }

  private static Map<String, byte[]> decoded(Map<String, String> data) {
    var files = new TreeMap<String, byte[]>();
    data.forEach((key, text) -> files.put(key, Base64.getDecoder().decode(text)));
    return files;
  }

  private static <T> Optional<T> present(T found, Boolean optional, String message)
      throws MissingException {
    if (found == null && !Boolean.TRUE.equals(optional)) {
      throw new MissingException(message);
    }
    return Optional.ofNullable(found);
  }

  private static Map<String, byte[]> chosen(Map<String, byte[]> all, List<KeyToPath> items) {
    if (items.isEmpty()) {
      return all;
    }
    var files = new TreeMap<String, byte[]>();
    items.stream()
        .filter(item -> all.containsKey(item.getKey()))
        .forEach(item -> files.put(item.getPath(), all.get(item.getKey())));
    return files;
  }

  private Map<String, byte[]> downward(List<DownwardAPIVolumeFile> items) {
    var files = new TreeMap<String, byte[]>();
    for (var item : items) {
      var text = field(item.getFieldRef().getFieldPath());
      files.put(item.getPath(), text.getBytes(StandardCharsets.UTF_8));
    }
    return files;
  }

  private String field(String path) {
    var matcher = ANNOTATION.matcher(path);
    if (!matcher.matches()) {
      throw new IllegalStateException("fields like this are unknown here: " + path);
    }
    ObjectMeta metadata = pod.getMetadata();
    return Objects.requireNonNullElse(orEmpty(metadata.getAnnotations()).get(matcher.group(1)), "");
  }

  private static Map<String, String> orEmpty(Map<String, String> map) {
    return map == null ? Map.of() : map;
  }

  private String namespace() {
    return pod.getMetadata().getNamespace();
  }
}
