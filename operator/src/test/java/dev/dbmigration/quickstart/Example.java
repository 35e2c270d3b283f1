package dev.dbmigration.quickstart;

import dev.dbmigration.api.v1alpha1.DatabaseMigration;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The files of an example, read as a user would apply them.
 *
 * @param folder with {@code databasemigration.yaml}, {@code migrations/} and {@code cluster/}
 */
record Example(Path folder) {

  static final String NAMESPACE = "default";

  private static final String RESOURCE = "databasemigration.yaml";

  /** What {@code kubectl apply -f} sends. */
  DatabaseMigration resource() {
    var resource = Serialization.unmarshal(text(folder.resolve(RESOURCE)), DatabaseMigration.class);
    resource.getMetadata().setNamespace(NAMESPACE);
    return resource;
  }

  /** What {@code kubectl create configmap --from-file} makes of the folder, with the label. */
  ConfigMap configMap() {
    return new ConfigMapBuilder()
        .withNewMetadata()
        .withNamespace(NAMESPACE)
        .withName(resource().getSpec().source().configMaps().getFirst().name())
        .addToLabels("dbmigration.dev/source", "true")
        .endMetadata()
        .withData(migrations())
        .build();
  }

  /** The Secret of the target, as the example has it for a cluster. */
  Secret secret() {
    var documents = text(folder.resolve("cluster/postgres.yaml")).split("(?m)^---$");
    return Stream.of(documents)
        .filter(document -> document.contains("kind: Secret"))
        .map(document -> Serialization.unmarshal(document, Secret.class))
        .peek(secret -> secret.getMetadata().setNamespace(NAMESPACE))
        .findFirst()
        .orElseThrow();
  }

  /** Text by file name. */
  Map<String, String> migrations() {
    try (var files = Files.list(folder.resolve("migrations"))) {
      var texts = new TreeMap<String, String>();
      files
          .filter(file -> file.getFileName().toString().endsWith(".sql"))
          .forEach(file -> texts.put(file.getFileName().toString(), text(file)));
      return texts;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Everything that may be edited. */
  Map<String, String> content() {
    var content = new TreeMap<>(migrations());
    content.put(RESOURCE, text(folder.resolve(RESOURCE)));
    return content;
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
