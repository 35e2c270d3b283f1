package dev.dbmigration.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What the other classes of this package rely on. */
@OnACluster
class FixturesE2E {

  @Test
  void podsReachTheDatabaseServer(Cluster cluster, TestNamespace namespace, Database database) {
    cluster.load(PostgresServer.IMAGE);
    namespace.credentials("orders-db", database);

    namespace
        .apply(
            """
            apiVersion: v1
            kind: Pod
            metadata: {name: asks}
            spec:
              restartPolicy: Never
              securityContext: {runAsNonRoot: true, runAsUser: 999, seccompProfile: {type: RuntimeDefault}}
              containers:
                - name: psql
                  image: %s
                  command: [psql, "host=%s dbname=%s user=%s password=%s", -tAc, SELECT 42]
                  securityContext: {allowPrivilegeEscalation: false, capabilities: {drop: [ALL]}}
            """
                .formatted(
                    PostgresServer.IMAGE,
                    database.server().host(),
                    database.name(),
                    database.owner(),
                    database.password()))
        .orFail();

    namespace
        .kubectl("wait", "pod/asks", "--for=jsonpath={.status.phase}=Succeeded", "--timeout=3m")
        .orFail();
    assertThat(namespace.podLogs()).isEqualTo("42\n");
  }

  @Test
  void theServerComesBackWithItsDataAfterARestart() {
    var server = PostgresServer.start();
    var database = server.createDatabase();
    database.execute("CREATE TABLE kept ()");

    server.restart();

    assertThat(database.tables()).isEqualTo(List.of("kept"));
    server.stop();
  }

  @Test
  void theApiServerCanBeAway(Cluster cluster) {
    try (var _ = cluster.pauseApiServer()) {
      assertThat(cluster.kubectl("get", "nodes", "--request-timeout=3s").succeeded()).isFalse();
    }

    assertThat(cluster.kubectl("get", "nodes").succeeded()).isTrue();
  }
}
