package dev.dbmigration.quickstart;

import dev.dbmigration.api.v1alpha1.DatabaseMigration;
import dev.dbmigration.support.PrinterTable;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Applies an example to the real controller without a cluster, and shows what happens. */
public final class Quickstart {

  private static final Logger LOG = LoggerFactory.getLogger(Quickstart.class);
  private static final Duration PATIENCE = Duration.ofSeconds(110);
  private static final Duration LOOK = Duration.ofMillis(500);

  private final PrintStream out;
  private final Arguments arguments;
  private final Example example;
  private final StateLines states;

  private Quickstart(PrintStream out, Arguments arguments) {
    this.out = out;
    this.arguments = arguments;
    this.example = new Example(arguments.folder());
    this.states = new StateLines(out);
  }

  /** Runs it; the exit code is 0 only if the resource became Ready. */
  public static void main(String[] texts) {
    var out = System.out;
    var arguments = Arguments.parse(texts);
    out.println("The controller logs into " + QuietLogs.to(arguments.log()));
    System.exit(exitCode(new Quickstart(out, arguments)));
  }

  private static int exitCode(Quickstart quickstart) {
    try {
      return quickstart.run() ? 0 : 1;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return 1;
    } catch (IOException | SQLException | RuntimeException e) {
      LOG.error("the quickstart failed", e);
      quickstart.out.println("The quickstart failed: " + e);
      return 1;
    }
  }

  private boolean run() throws IOException, SQLException, InterruptedException {
    out.println("Starting PostgreSQL");
    try (var database = ShopDatabase.start(example.secret())) {
      out.println(
          "Starting the controller on a Kubernetes in memory; runs are processes of this machine");
      try (var cluster = Cluster.start()) {
        return run(cluster, database);
      }
    }
  }

  private boolean run(Cluster cluster, ShopDatabase database)
      throws SQLException, InterruptedException {
    cluster.client().resources(DatabaseMigration.class).inAnyNamespace().inform(printing());
    out.println("Applying " + arguments.folder() + " against PostgreSQL on " + database.address());
    cluster.apply(database.secret(example.secret()));
    cluster.apply(example.configMap());
    cluster.apply(example.resource());
    out.println();
    boolean ready = awaitSettled();
    show(cluster, database);
    if (arguments.keep()) {
      keep(cluster, database);
    }
    return ready;
  }

  private boolean awaitSettled() throws InterruptedException {
    try {
      return StateLines.isReady(states.awaitSettled(PATIENCE));
    } catch (TimeoutException e) {
      out.println("Giving up: " + e.getMessage() + "; the controller's log says more.");
      return false;
    }
  }

  private void show(Cluster cluster, ShopDatabase database) throws SQLException {
    var resource = cluster.client().resource(example.resource()).get();
    var events =
        cluster.client().events().v1().events().inNamespace(Example.NAMESPACE).list().getItems();
    out.println("\n$ kubectl get databasemigrations\n" + PrinterTable.of(List.of(resource), false));
    out.println("\n$ kubectl describe databasemigration " + resource.getMetadata().getName());
    out.print(Description.of(resource, events));
    out.println("\nTables and views in the database");
    database.tables().forEach(line -> out.println("  " + line));
  }

  private void keep(Cluster cluster, ShopDatabase database) throws InterruptedException {
    out.println(
        """

        All of it stays up until Ctrl-C. To look at it:
          kubectl --server %s get databasemigrations,jobs,pods
          psql %s
        Edit or add files in %s: they are applied as soon as they are saved.\
        """
            .formatted(cluster.url(), database.uri(), example.folder().resolve("migrations")));
    var edits = new Edits(example, out);
    while (true) {
      Thread.sleep(LOOK);
      edits.apply(cluster);
    }
  }

  private ResourceEventHandler<DatabaseMigration> printing() {
    return new ResourceEventHandler<>() {
      @Override
      public void onAdd(DatabaseMigration resource) {
        states.show(resource);
      }

      @Override
      public void onUpdate(DatabaseMigration old, DatabaseMigration resource) {
        states.show(resource);
      }

      @Override
      public void onDelete(DatabaseMigration resource, boolean finalStateUnknown) {}
    };
  }

  /**
   * What was asked for.
   *
   * @param keep whether all stays up
   * @param folder of the example
   * @param log where the controller logs
   */
  private record Arguments(boolean keep, Path folder, Path log) {

    static Arguments parse(String[] texts) {
      boolean keep = false;
      var folder = Path.of("migrations-examples/quickstart");
      for (var text : texts) {
        switch (text) {
          case "--keep" -> keep = true;
          default -> {
            if (text.startsWith("-")) {
              System.err.println("usage: ./quickstart [--keep] [folder of the example]");
              System.exit(2);
            }
            folder = Path.of(text);
          }
        }
      }
      return new Arguments(keep, folder, Path.of("operator/target/quickstart.log"));
    }
  }
}
