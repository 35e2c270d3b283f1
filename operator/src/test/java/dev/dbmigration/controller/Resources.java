package dev.dbmigration.controller;

import dev.dbmigration.api.v1alpha1.DatabaseMigration;
import dev.dbmigration.api.v1alpha1.DatabaseMigrationSpec;
import dev.dbmigration.api.v1alpha1.SourceSpec;
import dev.dbmigration.api.v1alpha1.TargetSpec;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.util.List;
import java.util.Map;

/** Resources and ConfigMaps for tests. */
public final class Resources {

  private Resources() {}

  public static DatabaseMigration inline(String name) {
    return of(name, source(null, Map.of("V1__create.sql", "CREATE TABLE t (id int)"), List.of()));
  }

  public static DatabaseMigration fromConfigMap(String name, String configMap) {
    return of(
        name, source(null, Map.of(), List.of(new SourceSpec.ConfigMapSource(configMap, null))));
  }

  public static DatabaseMigration of(String name, SourceSpec source) {
    var resource = new DatabaseMigration();
    resource.setMetadata(new ObjectMetaBuilder().withNamespace("shop").withName(name).build());
    resource.setSpec(spec(source, false));
    return resource;
  }

  public static SourceSpec source(
      String revision, Map<String, String> inline, List<SourceSpec.ConfigMapSource> configMaps) {
    return new SourceSpec(revision, inline, configMaps, Map.of(), null);
  }

  public static DatabaseMigrationSpec spec(SourceSpec source, boolean suspend) {
    return new DatabaseMigrationSpec(
        new TargetSpec(
            TargetSpec.Engine.POSTGRESQL,
            "orders-db",
            5432,
            "orders",
            null,
            "orders-db-app",
            null,
            null,
            "10s"),
        source,
        null,
        null,
        null,
        suspend,
        null);
  }

  /** The same resource with another revision, as somebody edits it. */
  public static DatabaseMigration withRevision(DatabaseMigration resource, String revision) {
    var old = resource.getSpec().source();
    resource.setSpec(spec(source(revision, old.inline(), old.configMaps()), false));
    return resource;
  }

  public static DatabaseMigration suspended(DatabaseMigration resource, boolean suspend) {
    resource.setSpec(spec(resource.getSpec().source(), suspend));
    return resource;
  }

  public static ConfigMap configMap(String name, String content, Map<String, String> labels) {
    return new ConfigMapBuilder()
        .withNewMetadata()
        .withNamespace("shop")
        .withName(name)
        .withLabels(labels)
        .endMetadata()
        .withData(Map.of("V1__create.sql", content))
        .build();
  }
}
