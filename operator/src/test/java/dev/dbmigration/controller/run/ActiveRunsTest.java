package dev.dbmigration.controller.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dbmigration.job.JobIdentity;
import dev.dbmigration.model.Checksum;
import dev.dbmigration.model.ResourceRef;
import dev.dbmigration.reconcile.Room;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ActiveRunsTest {

  private final ActiveRuns runs = new ActiveRuns(2);
  private final List<String> woken = new ArrayList<>();

  @Test
  void noMoreRunsStartThanAreAllowed() {
    assertThat(runs.take(run("a"))).isInstanceOf(Room.Free.class);
    assertThat(runs.take(run("b"))).isInstanceOf(Room.Free.class);

    assertThat(runs.take(run("c"))).isEqualTo(new Room.Full(2));
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
