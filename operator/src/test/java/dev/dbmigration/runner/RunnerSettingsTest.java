package dev.dbmigration.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dbmigration.model.Reason;
import dev.dbmigration.report.RunContract;
import dev.dbmigration.report.RunRequests;
import dev.dbmigration.runner.RunnerSettings.Reading;
import dev.dbmigration.support.Requests;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RunnerSettingsTest {

  private static final String REQUEST = RunRequests.write(Requests.plain().request());

  @Test
  void readsEveryVariable() {
    var environment =
        Map.of(
            RunContract.REQUEST, REQUEST,
            RunContract.ROOT, "/somewhere",
            RunContract.ALLOW_LOOPBACK, "true",
            RunContract.GRACE_PERIOD, "25",
            RunContract.TERMINATION_MESSAGE, "/somewhere/message");

    var expected =
        new RunnerSettings(
            Requests.plain().request(), Path.of("/somewhere"), true, Duration.ofSeconds(25));
    assertThat(RunnerSettings.read(environment)).isEqualTo(new Reading.Usable(expected));
    assertThat(RunnerSettings.terminationMessage(environment))
        .isEqualTo(Path.of("/somewhere/message"));
  }

  @Test
  void hasDefaultsThatFitAPod() {
    var expected =
        new RunnerSettings(
            Requests.plain().request(), Path.of("/dbmigration"), false, Duration.ofSeconds(60));

    assertThat(RunnerSettings.read(Map.of(RunContract.REQUEST, REQUEST)))
        .isEqualTo(new Reading.Usable(expected));
    assertThat(RunnerSettings.terminationMessage(Map.of()))
        .isEqualTo(Path.of("/dev/termination-log"));
  }

  @Test
  void saysEverythingThatIsWrongAtOnce() {
    var environment =
        Map.of(
            RunContract.REQUEST, "{}",
            RunContract.ROOT, "\0",
            RunContract.ALLOW_LOOPBACK, "yes",
            RunContract.GRACE_PERIOD, "soon");

    var reading = RunnerSettings.read(environment);

    assertThat(reading)
        .isInstanceOfSatisfying(
            Reading.Unusable.class,
            unusable -> {
              assertThat(unusable.failure().reason()).isEqualTo(Reason.INVALID_SPEC);
              assertThat(unusable.failure().message())
                  .contains(
                      "DBMIGRATION_RUN is not a run request",
                      "DBMIGRATION_ROOT is not a path",
                      "DBMIGRATION_ALLOW_LOOPBACK is neither true nor false",
                      "DBMIGRATION_GRACE_SECONDS is not a number of seconds from 1 to 3600");
            });
  }

  @Test
  void namesTheRequestThatIsMissing() {
    assertThat(RunnerSettings.read(Map.of()))
        .isInstanceOfSatisfying(
            Reading.Unusable.class,
            unusable ->
                assertThat(unusable.failure().message()).contains("DBMIGRATION_RUN is not set"));
  }
}
