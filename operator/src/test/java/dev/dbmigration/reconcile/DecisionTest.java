package dev.dbmigration.reconcile;

import static dev.dbmigration.reconcile.Observations.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every row of the documentation's table of decisions. */
class DecisionTest {

  private static final String RELEASE = "dbmigration.dev/release=true";

  @ParameterizedTest(name = "{0}")
  @MethodSource("rows")
  void decidesAsDocumented(DecisionRow row) {
    var decision = Reconciliation.decide(row.observation(), NOW);

    assertThat(decision.getClass().getSimpleName()).isEqualTo(row.decision());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rows")
  void saysInTheConditionsWhatIsDocumented(DecisionRow row) {
    var decision = Reconciliation.decide(row.observation(), NOW);

    var status = StatusView.of(row.observation(), decision, NOW);

    assertThat(status.map(DecisionTest::summary).or(() -> launched(decision)))
        .isEqualTo(row.condition());
  }

  @Test
  void theDocumentationHasTheRowsOfThisTest() throws IOException {
    var page = Files.readString(Path.of("..", "docs", "architecture.md"));

    assertThat(documentedRows(page))
        .containsExactlyElementsOf(rows().map(DecisionRow::documented).toList());
  }

  @Test
  void aRunnerThatRanOutOfMemoryIsToBeGivenMore() {
    assertThat(message(DecisionRows.A_JOB_ENDED_ITS_RUNNER_RAN_OUT_OF_MEMORY))
        .contains("status 137 (OOMKilled)", "spec.job.resources.limits.memory")
        .doesNotContain("Nothing has to be done");
  }

  @Test
  void noOtherAttemptIsPromisedWhileSuspended() {
    assertThat(message(DecisionRows.THE_NEWEST_RUN_FAILED_THE_PAUSE_IS_NOT_OVER_SUSPENDED))
        .contains("Attempt 1 of 5 failed", "spec.suspend is true")
        .doesNotContain("follows after");
  }

  @Test
  void whoWaitsForRoomIsToldWhatTakesItAndWhatCannotStart() {
    assertThat(message(DecisionRows.AS_MANY_RUNS_ARE_ACTIVE_AS_ARE_ALLOWED))
        .isEqualTo(
            "20 runs are active (the pods of 2 more, first of DatabaseMigration shop/stock, cannot"
                + " start and do not count), and the operator's setting MAX_CONCURRENT_RUNS allows"
                + " 20. This one starts when another ends: nothing has to be done, but if the queue"
                + " is always long, raise that setting.");
    assertThat(message(DecisionRows.ANOTHER_RESOURCES_RUN_IS_ACTIVE_ON_THE_SAME_TARGET))
        .isEqualTo(
            "DatabaseMigration shop/billing is migrating the same database. This run starts when"
                + " that one ends: nothing has to be done, unless the two are not meant for one"
                + " database; then correct spec.target of one of them.");
  }

  @Test
  void whoDeletesIsToldForWhatIsWaitedAndHowNotTo() {
    assertThat(message(DecisionRows.DELETED_A_JOB_IS_ACTIVE))
        .contains("Job orders-1 is migrating", "nothing has to be done", RELEASE);
    assertThat(message(DecisionRows.DELETED_A_JOB_IS_ACTIVE_ITS_POD_CANNOT_START))
        .contains("cannot start: ErrImagePull: no such image. Delete Job orders-1", RELEASE);
    assertThat(message(DecisionRows.DELETED_A_JOB_IS_ACTIVE_ITS_NODE_DOES_NOT_ANSWER))
        .contains("node worker-2", "does not answer", "Bring the node back", "by force", RELEASE);
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.MATCH_ALL, names = "DELETED_A_JOB_IS_ACTIVE.*")
  void thePageOfTerminatingQuotesWhatIsSaid(DecisionRows row) throws IOException {
    var page = Files.readString(Path.of("..", "docs", "errors", "Terminating.md"));

    assertThat(page).contains("\n" + message(row).replace("orders-1", "orders-3f9c1a02-1") + "\n");
  }

  private static String message(DecisionRows of) {
    var seen = of.row().observation();
    return StatusView.of(seen, Reconciliation.decide(seen, NOW), NOW)
        .orElseThrow()
        .conditions()
        .getFirst()
        .message();
  }

  static Stream<DecisionRow> rows() {
    return Arrays.stream(DecisionRows.values()).map(DecisionRows::row);
  }

  private static List<String> documentedRows(String page) {
    return page.lines()
        .dropWhile(line -> !line.equals("## Decisions"))
        .skip(1)
        .takeWhile(line -> !line.startsWith("## "))
        .filter(line -> line.matches("\\| [0-9]+ \\|.*"))
        .toList();
  }

  private static String summary(StatusView status) {
    var kind =
        status.conditions().stream()
            .filter(Condition::isTrue)
            .map(condition -> condition.type().text())
            .collect(Collectors.joining(","));
    var newest =
        status.conditions().stream()
            .max(Comparator.comparing(Condition::isTrue))
            .map(Condition::reason);
    return (kind.isEmpty() ? "none" : kind) + " " + newest.orElseThrow();
  }

  /** A launch is carried out before it is shown; then it is an active run. */
  private static Optional<String> launched(Decision decision) {
    return decision instanceof Decision.Launch
        ? Optional.of("Reconciling MigrationRunning")
        : Optional.empty();
  }
}
