package dev.dbmigration.controller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dbmigration.support.ApiRequest;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseFluent;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** One replica of several, and the Lease by which one of them leads. */
class OperatorRuntimeTest {

  private static final Duration LONG = Election.LONGEST_SILENCE.plusSeconds(1);

  private final Cluster cluster = new Cluster();
  private final Hands clock = new Hands();

  @AfterEach
  void close() {
    cluster.close();
  }

  @Test
  void aReplicaWhoseElectionDiedOfAnUnexpectedErrorIsNotAlive() {
    cluster.client.resource(withoutTimes()).create();
    var operator = start();
    assertThat(operator.isAlive()).isTrue();

    clock.advance(LONG);

    cluster.awaitSilence(Duration.ofSeconds(6));
    assertThat(operator.isAlive()).isFalse();
  }

  @Test
  void aReplicaThatWaitsForTheLeaseOfAnotherIsAliveAndReady() {
    cluster.client.resource(heldByAnother()).create();
    var operator = start();

    clock.advance(LONG);

    cluster.eventually(() -> assertThat(operator.isAlive()).isTrue());
    cluster.eventually(() -> assertThat(operator.isReady()).isTrue());
    assertThat(lease().getSpec().getHolderIdentity()).isEqualTo("another");
  }

  @Test
  void aReplicaThatCannotReachTheLeaseIsAlive() {
    cluster.kubernetes.faults().refuse(ApiRequest.matching("get", "leases"), 403);
    var operator = start();

    clock.advance(LONG);

    cluster.eventually(() -> assertThat(operator.isAlive()).isTrue());
  }

  @Test
  void theLeaderIsAliveAsLongAsItRenewsItsLease() {
    var operator = start();
    cluster.eventually(() -> assertThat(lease()).isNotNull());

    clock.advance(LONG);

    cluster.eventually(() -> assertThat(operator.isAlive()).isTrue());
  }

  @Test
  void eventsNameTheHolderOfTheLeaseAsTheirReporter() {
    start();

    cluster.create(Resources.suspended(Resources.inline("orders"), true));

    cluster.awaitReady("orders", "False", "Suspended");
    cluster.eventually(() ->
        assertThat(cluster.client.events().v1().events().inNamespace("shop").list().getItems())
            .isNotEmpty()
            .allSatisfy(event ->
                assertThat(event.getReportingInstance())
                    .isEqualTo(lease().getSpec().getHolderIdentity())));
  }

  private OperatorRuntime start() {
    return cluster
        .set("LEADER_ELECTION", "true")
        .set("LEASE_NAMESPACE", "operators")
        .withClock(clock)
        .startOperator("operator");
  }

  private Lease lease() {
    return cluster.client.leases().inNamespace("operators").withName("dbmigration-operator").get();
  }

  private static Lease heldByAnother() {
    return held()
        .withLeaseDurationSeconds(3600)
        .withAcquireTime(ZonedDateTime.now(ZoneOffset.UTC))
        .withRenewTime(ZonedDateTime.now(ZoneOffset.UTC))
        .withLeaseTransitions(0)
        .endSpec()
        .build();
  }

  /** As no replica writes it, but anybody may. */
  private static Lease withoutTimes() {
    return held().endSpec().build();
  }

  private static LeaseFluent<LeaseBuilder>.SpecNested<LeaseBuilder> held() {
    return new LeaseBuilder()
        .withNewMetadata()
        .withNamespace("operators")
        .withName("dbmigration-operator")
        .endMetadata()
        .withNewSpec()
        .withHolderIdentity("another");
  }

  /** A clock that is put forward. */
  private static final class Hands extends Clock {

    private volatile Duration ahead = Duration.ZERO;

    void advance(Duration time) {
      ahead = ahead.plus(time);
    }

    @Override
    public Instant instant() {
      return Instant.now().plus(ahead);
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}
