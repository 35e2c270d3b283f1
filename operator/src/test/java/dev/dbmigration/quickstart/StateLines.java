package dev.dbmigration.quickstart;

import dev.dbmigration.api.v1alpha1.DatabaseMigration;
import io.fabric8.kubernetes.api.model.Condition;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.concurrent.TimeoutException;

/** A line for each change of a resource's state, and the state that was seen last. */
final class StateLines {

  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");

  private final PrintStream out;
  private String last = "";
  private Optional<DatabaseMigration> seen = Optional.empty();

  StateLines(PrintStream out) {
    this.out = out;
  }

  /** Shows a resource, if that says anything new. */
  synchronized void show(DatabaseMigration resource) {
    seen = Optional.of(resource);
    var line = line(resource);
    if (!line.isEmpty() && !line.equals(last)) {
      out.println(LocalTime.now().format(TIME) + "  " + line);
      last = line;
    }
    notifyAll();
  }

  /** Waits until the newest generation is ready, or needs a person. */
  synchronized DatabaseMigration awaitSettled(Duration patience)
      throws InterruptedException, TimeoutException {
    var end = Instant.now().plus(patience);
    while (!seen.map(StateLines::isSettled).orElse(false)) {
      var left = Duration.between(Instant.now(), end).toMillis();
      if (left <= 0) {
        throw new TimeoutException("nothing was settled within " + patience.toSeconds() + " s");
      }
      wait(left);
    }
    return seen.orElseThrow();
  }

  static boolean isReady(DatabaseMigration resource) {
    return isTrue(resource, "Ready");
  }

  private static boolean isSettled(DatabaseMigration resource) {
    return isReady(resource) || isTrue(resource, "Stalled");
  }

  private static boolean isTrue(DatabaseMigration resource, String type) {
    return condition(resource, type).filter(found -> found.getStatus().equals("True")).isPresent();
  }

  private static Optional<Condition> condition(DatabaseMigration resource, String type) {
    return resource.getStatus() == null
        ? Optional.empty()
        : resource.getStatus().conditions().stream()
            .filter(condition -> condition.getType().equals(type))
            .findFirst();
  }

  private static String line(DatabaseMigration resource) {
    var state =
        isReady(resource) ? "Ready" : isTrue(resource, "Stalled") ? "Stalled" : "Reconciling";
    return condition(resource, "Ready")
        .map(ready -> "%-12s %-18s %s".formatted(state, ready.getReason(), ready.getMessage()))
        .orElse("");
  }
}
