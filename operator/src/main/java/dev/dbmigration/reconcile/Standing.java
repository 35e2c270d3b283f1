package dev.dbmigration.reconcile;

import dev.dbmigration.model.Failure;
import dev.dbmigration.model.Reason;
import dev.dbmigration.reconcile.RecordedRun.Result;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * How a resource stands, in words: the one fact from which all conditions follow.
 *
 * @param kind which conditions are true
 * @param reason of these
 * @param message of these
 */
record Standing(Kind kind, Reason reason, String message) {

  private static final String FOLLOWED =
      " The resource or its source has changed meanwhile: another run follows.";

  /** Which conditions are true. */
  enum Kind {
    /** Ready. */
    READY,
    /** Reconciling: something is happening or waited for. */
    IN_PROGRESS,
    /** Stalled: a person has to do something. */
    STALLED,
    /** None of them: nothing is happening, and nothing is wrong. */
    AT_REST
  }

  static Standing of(Failure failure) {
    var kind = failure.reason().isRetried() ? Kind.IN_PROGRESS : Kind.STALLED;
    return new Standing(kind, failure.reason(), text(failure));
  }

  static Standing applied(int run, int applied, Optional<String> currentVersion) {
    var version = currentVersion.map(text -> ", the current version is " + text).orElse("");
    var count = applied == 1 ? "1 migration is applied" : applied + " migrations are applied";
    return new Standing(Kind.READY, Reason.APPLIED, "Run " + run + ": " + count + version + ".");
  }

  /** Of a run that failed, for what the specification still asks for. */
  static Standing failed(RecordedRun run, Result.Failed failed, int attempts) {
    var reason = failed.failure().reason();
    var message = text(failed.failure());
    return run.nextAttemptAt()
        .map(at -> waiting(run, reason, message + next(run, attempts, at), attempts))
        .orElseGet(() -> new Standing(Kind.STALLED, reason, message));
  }

  /** Of a run that failed, where no other one starts by itself. */
  static Standing failedAndSuspended(RecordedRun run, Result.Failed failed, int attempts) {
    boolean isAtRest = run.nextAttemptAt().isPresent() && run.attempt() < attempts;
    return new Standing(
        isAtRest ? Kind.AT_REST : Kind.STALLED,
        failed.failure().reason(),
        "%s Attempt %d of %d failed; spec.suspend is true: no other one starts until it is false."
            .formatted(text(failed.failure()), run.attempt(), attempts));
  }

  private static Standing waiting(RecordedRun run, Reason reason, String message, int attempts) {
    var kind = run.attempt() < attempts ? Kind.IN_PROGRESS : Kind.STALLED;
    return new Standing(kind, reason, message);
  }

  private static String next(RecordedRun run, int attempts, Instant at) {
    return " Attempt %d of %d failed; the next one follows after %s%s."
        .formatted(
            run.attempt(),
            attempts,
            at.truncatedTo(ChronoUnit.SECONDS),
            run.attempt() < attempts ? "" : ", and so on");
  }

  /**
   * Of an active run.
   *
   * @param wish what the specification asks for meanwhile
   */
  static Standing running(RecordedRun run, JobState.Pod pod, Wish wish) {
    return switch (pod) {
      case JobState.Pod.Fine _ ->
          new Standing(
              Kind.IN_PROGRESS,
              Reason.MIGRATION_RUNNING,
              "Job " + run.job() + " is migrating." + meanwhile(run, wish));
      case JobState.Pod.NotStarting(String words) ->
          new Standing(
              Kind.IN_PROGRESS,
              Reason.POD_NOT_STARTING,
              "The pod of Job %s cannot start: %s It goes on as soon as that is mended; after a change of this resource, delete the Job."
                  .formatted(run.job(), sentence(words)));
      case JobState.Pod.OnLostNode(String node) ->
          new Standing(
              Kind.STALLED,
              Reason.NODE_LOST,
              "Node %s, where Job %s was migrating, does not answer. Bring the node back, or delete its pod by force once the node is certainly off."
                  .formatted(node, run.job()));
    };
  }

  /** Of a run that ended for what the specification no longer asks for. */
  static Standing overtaken(RecordedRun run) {
    return new Standing(
        Kind.IN_PROGRESS, Reason.MIGRATION_RUNNING, "Job " + run.job() + " has ended." + FOLLOWED);
  }

  static Standing queued(Room room) {
    var message =
        switch (room) {
          case Room.Free _ ->
              "A run starts as soon as there is room for it: nothing has to be done.";
          case Room.Full full -> full(full);
          case Room.TargetBusy(String other) ->
              "DatabaseMigration %s is migrating the same database. This run starts when that one ends: nothing has to be done, unless the two are not meant for one database; then correct spec.target of one of them."
                  .formatted(other);
          case Room.TargetAwaited(String other) ->
              "DatabaseMigration %s has a Job for the same database whose pod cannot start. This run starts when that one has ended: mend what that resource's condition names, or delete that Job."
                  .formatted(other);
        };
    return new Standing(Kind.IN_PROGRESS, Reason.QUEUED, message);
  }

  private static String full(Room.Full room) {
    int stuck = room.notStarting().size();
    var others =
        stuck == 0
            ? ""
            : " (the pods of %d more, first of DatabaseMigration %s, cannot start and do not count)"
                .formatted(stuck, room.notStarting().getFirst());
    var active = room.active() == 1 ? "1 run is active" : room.active() + " runs are active";
    return "%s%s, and the operator's setting MAX_CONCURRENT_RUNS allows %d. This one starts when another ends: nothing has to be done, but if the queue is always long, raise that setting."
        .formatted(active, others, room.limit());
  }

  static Standing suspended() {
    return new Standing(
        Kind.AT_REST,
        Reason.SUSPENDED,
        "spec.suspend is true: no run starts. Set it to false to go on.");
  }

  /** Of a deleted resource whose run has not ended. */
  static Standing terminating(String job, JobState.Pod pod) {
    return switch (pod) {
      case JobState.Pod.Fine _ ->
          terminating(
              Kind.IN_PROGRESS,
              "Job %s is migrating and comes to its end first. Wait, nothing has to be done;"
                  .formatted(job));
      case JobState.Pod.NotStarting(String words) ->
          terminating(
              Kind.IN_PROGRESS,
              "Job %s has to end first, and its pod cannot start: %s Delete Job %s, which has executed nothing;"
                  .formatted(job, sentence(words), job));
      case JobState.Pod.OnLostNode(String node) ->
          terminating(
              Kind.STALLED,
              "Job %s has to end first, and node %s, where it was migrating, does not answer. Bring the node back, or delete the pod by force once the node is certainly off;"
                  .formatted(job, node));
    };
  }

  private static Standing terminating(Kind kind, String message) {
    return new Standing(
        kind,
        Reason.TERMINATING,
        "The resource is deleted; %s or annotate the resource with dbmigration.dev/release=true: it then goes at once, without its Job."
            .formatted(message));
  }

  private static String meanwhile(RecordedRun run, Wish wish) {
    return switch (wish) {
      case Wish.Understood understood ->
          understood.inputsHash().equals(run.inputsHash()) ? "" : FOLLOWED;
      case Wish.Invalid(Failure failure) -> " Meanwhile: " + text(failure);
      case Wish.ConfigMapMissing(Failure failure) -> " Meanwhile: " + text(failure);
    };
  }

  private static String text(Failure failure) {
    var place =
        failure
            .position()
            .map(Object::toString)
            .filter(where -> !failure.message().contains(where))
            .map(where -> where + ": ")
            .orElse("");
    return place + sentence(message(failure)) + " " + sentence(failure.remedy());
  }

  /** The server's own words are followed by its code. */
  private static String message(Failure failure) {
    var words = failure.message();
    var end = words.endsWith(".") ? words.length() - 1 : words.length();
    return failure.code().map(code -> words.substring(0, end) + " (" + code + ")").orElse(words);
  }

  private static String sentence(String text) {
    return text.isEmpty() || text.endsWith(".") ? text : text + ".";
  }
}
