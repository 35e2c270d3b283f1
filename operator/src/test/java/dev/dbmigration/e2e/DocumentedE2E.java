package dev.dbmigration.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** The commands of the documentation, word for word. */
@OnACluster
class DocumentedE2E {

  private static final String FILE = "docs/install.md";

  @Test
  void theQuickstartReachesReadyOnACluster(Cluster cluster) {
    Installation.shared();
    cluster.load("postgres:17");

    var output = cluster.onThisCluster(Documented.in(FILE, "quickstart").command()).run().orFail();

    assertThat(output)
        .contains("databasemigration.dbmigration.dev/shop condition met")
        .containsPattern("shop +4 +0 +True +Applied");
    cluster.kubectl("delete", "databasemigrations", "--all", "-n", "shop").orFail();
    cluster.kubectl("delete", "namespace", "shop", "--wait=false").orFail();
  }

  @Test
  void uninstallingInTheDocumentedOrderLeavesTheDatabaseAsItIs(
      Cluster cluster, TestNamespace namespace, Database database) {
    var operator = Installation.shared();
    namespace.migrate(database, Map.of("V1__orders.sql", "CREATE TABLE orders ();")).awaitReady();

    cluster.onThisCluster(Documented.in(FILE, "uninstall").command()).run().orFail();

    operator.forget();
    assertThat(left(cluster)).isEmpty();
    assertThat(database.applied()).containsExactly("1");
    Installation.shared();
    namespace.migrate(database, Map.of("V1__orders.sql", "CREATE TABLE orders ();")).awaitReady();
    assertThat(database.applied()).containsExactly("1");
  }

  private static String left(Cluster cluster) {
    return cluster
        .kubectl(
            "get",
            "customresourcedefinitions,clusterroles,clusterrolebindings,"
                + "validatingadmissionpolicies,validatingadmissionpolicybindings",
            "-l",
            "app.kubernetes.io/instance=dbmigration-operator",
            "-o",
            "name")
        .orFail();
  }
}
