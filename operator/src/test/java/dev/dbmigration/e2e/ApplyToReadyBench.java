package dev.dbmigration.e2e;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.dbmigration.bench.Figures;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** From {@code kubectl apply} to Ready, against a Job made by hand that executes psql. */
@OnACluster
class ApplyToReadyBench {

  private static final int ROUNDS = 5;

  @Test
  void takesLittleLongerThanAJobMadeByHand(
      Cluster cluster, TestNamespace namespace, Database database) throws IOException {
    Installation.shared();
    cluster.load("postgres:17");
    namespace.credentials(Manifest.SECRET, database);
    var ours = new ArrayList<Double>();
    var theirs = new ArrayList<Double>();
    var ratios = new ArrayList<Double>();
    for (int round = 0; round < ROUNDS; round++) {
      double resource = secondsOfResource(namespace, round);
      double job = secondsOfJob(namespace, round);
      theirs.add(job);
      ours.add(resource);
      ratios.add(resource / job);
    }

    Figures.row(
        "from kubectl apply to Ready / to Complete of a Job with psql",
        Figures.number(Figures.median(ours)) + " s",
        Figures.number(Figures.median(theirs)) + " s",
        "ratio " + Figures.number(Figures.median(ratios)));
  }

  private static double secondsOfResource(TestNamespace namespace, int round) {
    var manifest =
        Manifest.named("orders-" + round)
            .inline(
                Map.of(
                    "V%d__orders.sql".formatted(round + 1),
                    "CREATE TABLE orders_%d (id bigint PRIMARY KEY);\n".formatted(round)));
    long start = System.nanoTime();
    namespace.apply(manifest);
    namespace
        .kubectl("wait", "dbm/orders-" + round, "--for=condition=Ready", "--timeout=5m")
        .orFail();
    return (System.nanoTime() - start) / 1e9;
  }

  private static double secondsOfJob(TestNamespace namespace, int round) {
    var job = job(round);
    long start = System.nanoTime();
    namespace.apply(job);
    namespace
        .kubectl("wait", "job/by-hand-" + round, "--for=condition=Complete", "--timeout=5m")
        .orFail();
    return (System.nanoTime() - start) / 1e9;
  }

  private static Manifest job(int round) {
    return new Manifest(new ObjectMapper().createObjectNode())
        .with("/apiVersion", "batch/v1")
        .with("/kind", "Job")
        .with("/metadata/name", "by-hand-" + round)
        .with("/spec/backoffLimit", 0)
        .with("/spec/template/spec/restartPolicy", "Never")
        .with("/spec/template/spec/containers", List.of(container(round)))
        .with(
            "/spec/template/spec/volumes",
            List.of(Map.of("name", "s", "secret", Map.of("secretName", Manifest.SECRET))));
  }

  private static Map<String, Object> container(int round) {
    var script =
        "PGHOST=$(cat /s/host) PGPORT=$(cat /s/port) PGDATABASE=$(cat /s/dbname)"
            + " PGUSER=$(cat /s/username) PGPASSWORD=$(cat /s/password) exec psql -X"
            + " -v ON_ERROR_STOP=1 -c 'BEGIN; CREATE TABLE by_hand_%d (id bigint); COMMIT'"
                .formatted(round);
    return Map.of(
        "name", "psql",
        "image", "postgres:17",
        "command", List.of("sh", "-c", script),
        "volumeMounts", List.of(Map.of("name", "s", "mountPath", "/s")),
        "securityContext",
            Map.of(
                "runAsNonRoot",
                true,
                "runAsUser",
                999,
                "allowPrivilegeEscalation",
                false,
                "capabilities",
                Map.of("drop", List.of("ALL")),
                "seccompProfile",
                Map.of("type", "RuntimeDefault")));
  }
}
