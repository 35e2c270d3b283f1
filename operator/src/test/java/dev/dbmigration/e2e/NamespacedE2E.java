package dev.dbmigration.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** An operator that looks after named namespaces, with rights in these only. */
@OnACluster
class NamespacedE2E {

  private static final Map<String, String> FILES =
      Map.of("V1__orders.sql", "CREATE TABLE orders ()");

  @Test
  void anOperatorOfOneNamespaceNeedsNoRightsElsewhere(
      Cluster cluster, TestNamespace namespace, Database database) {
    try (var _ = Installation.shared().away()) {
      var local =
          Installation.install(
              "local",
              "dbmigration-local",
              List.of("crds.enabled=false", "watch.namespaces={" + namespace.name() + "}"));

      namespace.migrate(database, FILES).awaitReady();

      assertThat(database.tables()).containsExactly("orders");
      assertThat(clusterRights(cluster, local)).isEmpty();
      local.uninstall();
    }
  }

  private static String clusterRights(Cluster cluster, Installation installation) {
    return cluster
        .kubectl(
            "get",
            "clusterroles,clusterrolebindings",
            "-l",
            "app.kubernetes.io/instance=" + installation.release(),
            "-o",
            "name")
        .orFail();
  }
}
