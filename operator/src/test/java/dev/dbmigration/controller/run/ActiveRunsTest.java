package dev.dbmigration.controller.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dbmigration.job.JobIdentity;
import dev.dbmigration.model.Checksum;
import dev.dbmigration.model.ResourceRef;
import dev.dbmigration.reconcile.JobState;
import dev.dbmigration.reconcile.Room;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ActiveRunsTest {

  private static final JobState.Pod NOT_STARTING = new JobState.Pod.NotStarting("no room");

  private final ActiveRuns runs = new ActiveRuns(2);
  private final List<String> woken = new ArrayList<>();

  @Test
  void noMoreRunsStartThanAreAllowed() {
    assertThat(runs.take(run("a"))).isInstanceOf(Room.Free.class);
    assertThat(runs.take(run("b"))).isInstanceOf(Room.Free.class);

    assertThat(runs.take(run("c"))).isEqualTo(new Room.Full(2, 2, List.of()));
    assertThat(runs.active()).isEqualTo(2);
  }

  @Test
  void aRunThatAlreadyHasItsPlaceKeepsIt() {
    runs.take(run("a"));
    runs.take(run("b"));

    assertThat(runs.take(run("a"))).isInstanceOf(Room.Free.class);
    assertThat(runs.active()).isEqualTo(2);
  }

  @Test
  void onlyOneRunIsActiveOnATarget() {
    runs.noteTarget(ref("a"), "postgresql orders-db:5432/orders");
    runs.noteTarget(ref("b"), "postgresql orders-db:5432/orders");
    runs.take(run("a"));

    assertThat(runs.roomFor(ref("b"))).isEqualTo(new Room.TargetBusy("shop/a"));
    assertThat(runs.roomFor(ref("c"))).isInstanceOf(Room.Free.class);
  }

  @Test
  void whoeverWaitsLongestIsWokenWhenARunEnds() {
    runs.take(run("a"));
    runs.take(run("b"));
    awaitRoom("c");
    awaitRoom("d");

    runs.giveBack(run("a"));

    assertThat(woken).containsExactly("c");
    assertThat(runs.queued()).isEqualTo(1);
  }

  @Test
  void whoeverIsWokenAndDoesNotStartMakesWayForTheNext() {
    runs.take(run("a"));
    runs.take(run("b"));
    awaitRoom("c");
    awaitRoom("d");
    runs.giveBack(run("a"));

    runs.leave(ref("c"));
    runs.wakeWaiting();

    assertThat(woken).containsExactly("c", "d");
  }

  @Test
  void whoeverWaitsForATargetIsNotWokenByTheEndOfAnotherRun() {
    runs.noteTarget(ref("a"), "postgresql orders-db:5432/orders");
    runs.noteTarget(ref("c"), "postgresql orders-db:5432/orders");
    runs.take(run("a"));
    runs.take(run("b"));
    awaitRoom("c");

    runs.giveBack(run("b"));
    assertThat(woken).isEmpty();

    runs.giveBack(run("a"));
    assertThat(woken).containsExactly("c");
  }

  @Test
  void theTargetOfAResourceThatIsGoneIsForgotten() {
    runs.noteTarget(ref("a"), "postgresql orders-db:5432/orders");
    runs.noteTarget(ref("b"), "postgresql orders-db:5432/orders");

    runs.forget(ref("a"));

    assertThat(runs.knownTargets()).isEqualTo(1);
  }

  @Test
  void theTargetOfAResourceThatIsGoneIsBusyUntilItsRunEnds() {
    runs.noteTarget(ref("a"), "postgresql orders-db:5432/orders");
    runs.noteTarget(ref("b"), "postgresql orders-db:5432/orders");
    runs.take(run("a"));

    runs.forget(ref("a"));
    assertThat(runs.roomFor(ref("b"))).isEqualTo(new Room.TargetBusy("shop/a"));

    runs.giveBack(run("a"));
    assertThat(runs.roomFor(ref("b"))).isInstanceOf(Room.Free.class);
    assertThat(runs.knownTargets()).isEqualTo(1);
  }

  @Test
  void whoeverIsGoneMakesWayForTheNext() {
    runs.noteTarget(ref("c"), "postgresql orders-db:5432/orders");
    runs.take(run("a"));
    runs.take(run("b"));
    awaitRoom("c");
    awaitRoom("d");

    runs.forget(ref("c"));
    runs.giveBack(run("a"));

    assertThat(woken).containsExactly("d");
    assertThat(runs.knownTargets()).isZero();
  }

  @Test
  void aRunWhosePodCannotStartMakesWayForTheNextAndIsNamed() {
    start("a");
    start("b");
    awaitRoom("c");
    awaitRoom("d");

    runs.look(ref("a"), active("a", NOT_STARTING));

    assertThat(woken).containsExactly("c");
    start("c");
    assertThat(runs.active()).isEqualTo(2);
    assertThat(runs.roomFor(ref("d"))).isEqualTo(new Room.Full(2, 2, List.of("shop/a")));
  }

  @Test
  void aRunThatStartsLateTakesItsRoomAgainEvenIfThereIsNone() {
    start("a");
    start("b");
    runs.look(ref("a"), active("a", NOT_STARTING));
    start("c");

    runs.saw(job("a").withNewStatus().withReady(1).endStatus().build());

    assertThat(runs.roomFor(ref("d"))).isEqualTo(new Room.Full(3, 2, List.of()));
    runs.giveBack(run("b"));
    assertThat(runs.roomFor(ref("d"))).isEqualTo(new Room.Full(2, 2, List.of()));
  }

  @Test
  void aPodThatIsFoundToBeWellTakesItsRoomAgain() {
    start("a");
    start("b");
    runs.look(ref("a"), active("a", NOT_STARTING));
    runs.saw(job("a").build());
    assertThat(runs.active()).isEqualTo(1);

    runs.look(ref("a"), active("a", new JobState.Pod.Fine()));

    assertThat(runs.active()).isEqualTo(2);
  }

  @Test
  void theTargetOfARunWhosePodCannotStartStaysTaken() {
    runs.noteTarget(ref("a"), "postgresql orders-db:5432/orders");
    runs.noteTarget(ref("b"), "postgresql orders-db:5432/orders");
    start("a");

    runs.look(ref("a"), active("a", NOT_STARTING));

    assertThat(runs.roomFor(ref("b"))).isEqualTo(new Room.TargetAwaited("shop/a"));
  }

  private void start(String name) {
    assertThat(runs.take(run(name))).isInstanceOf(Room.Free.class);
    runs.saw(job(name).build());
  }

  private static JobBuilder job(String name) {
    var identity = run(name);
    return new JobBuilder()
        .withNewMetadata()
        .withNamespace("shop")
        .withName(identity.jobName())
        .addToLabels(JobIdentity.MANAGED_BY, JobIdentity.MANAGER)
        .addToLabels(JobIdentity.UID, identity.resource().uid())
        .addToLabels(JobIdentity.RUN, Integer.toString(identity.run()))
        .addToAnnotations("dbmigration.dev/resource-name", name)
        .addToAnnotations("dbmigration.dev/inputs-hash", identity.inputsHash().value())
        .endMetadata();
  }

  private static JobState.Active active(String name, JobState.Pod pod) {
    var identity = run(name);
    return new JobState.Active(
        identity.jobName(), identity.run(), identity.inputsHash(), Instant.EPOCH, pod);
  }

  private void awaitRoom(String name) {
    runs.await(ref(name), () -> woken.add(name));
  }

  private static JobIdentity run(String name) {
    return new JobIdentity(ref(name), 1, Checksum.ofText("inputs"));
  }

  private static ResourceRef ref(String name) {
    return new ResourceRef("shop", name, "uid-" + name);
  }
}
