package dev.dbmigration.runner;

import static java.util.Locale.ROOT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dbmigration.model.Reason;
import dev.dbmigration.report.RunContract;
import dev.dbmigration.support.FinishedRunner;
import dev.dbmigration.support.RunnerPod;
import dev.dbmigration.support.TestDatabase;
import dev.dbmigration.support.TestServer;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The runner as a process: nothing that leaves it holds a secret or a row. */
class RunnerSecretsIT {

  private static final String MARKER = "Marker-4711-secret";

  private final TestDatabase database = TestServer.shared().database();
  private final RunnerPod pod =
      RunnerPod.of(secretWithUri())
          .mount(RunContract.PLACEHOLDERS_FOLDER, Map.of("secret", MARKER + "\n"))
          .asking(asked -> asked.placeholdersFrom("orders-placeholders"))
          .with("V1__people.sql", "CREATE TABLE people (name text UNIQUE);");

  @Test
  void hidesASecretThatTheServerQuotes() {
    var runner = pod.with("V2__cast.sql", "SELECT '${secret}'::int;").run();

    assertThat(runner.failure().code()).contains("22P02");
    assertThat(runner.failure().message()).contains("invalid input syntax for type integer");
    assertHoldsNo(runner, MARKER);
  }

  @Test
  void hidesRowsThatViolateAConstraint() {
    pod.with("V2__rows.sql", "INSERT INTO people VALUES ('Row-marker-Ada'), ('Row-marker-Ada');");

    var runner = pod.run();

    assertThat(runner.failure().code()).contains("23505");
    assertThat(runner.failure().message()).contains("people_name_key");
    assertHoldsNo(runner, "Row-marker-Ada");
  }

  @Test
  void hidesASecretInASyntaxError() {
    var runner = pod.with("V2__syntax.sql", "SELECT 1 \"${secret}\" \"${secret}\";").run();

    assertThat(runner.failure().code()).contains("42601");
    assertThat(runner.failure().message()).isEqualTo("syntax error at or near \"\"***\"\"");
    assertHoldsNo(runner, MARKER);
  }

  /** Without quotes it is a name, which the server turns into lower case. */
  @Test
  void hidesASecretThatTheServerTakesForAName() {
    var runner = pod.with("V2__name.sql", "SELECT ${secret};").run();

    assertThat(runner.failure().message()).isEqualTo("column \"***\" does not exist");
    assertHoldsNo(runner, MARKER);
    assertHoldsNo(runner, MARKER.toLowerCase(ROOT));
  }

  @Test
  void hidesThePasswordWhenAScriptShowsIt() {
    var text = "DO $$ BEGIN RAISE EXCEPTION 'it is %s'; END $$;".formatted(TestDatabase.PASSWORD);

    var runner = pod.with("V2__raise.sql", text).run();

    assertThat(runner.failure().reason()).isEqualTo(Reason.MIGRATION_FAILED);
    assertThat(runner.failure().message()).contains("it is ***");
    assertHoldsNo(runner, TestDatabase.PASSWORD);
  }

  @Test
  void showsNamesThatAPartOfTheSecretHappensToContain() {
    var runner = pod.with("V2__typo.sql", "SELECT * FROM orders;").run();

    assertThat(runner.failure().message()).isEqualTo("relation \"orders\" does not exist");
  }

  private Map<String, String> secretWithUri() {
    var secret = new HashMap<>(database.secret());
    secret.put("pgpass", "orders-db:5432:orders:app:" + TestDatabase.PASSWORD + "\n");
    secret.put(
        "uri",
        "postgresql://%s:%s@localhost:%d/%s"
            .formatted(
                database.name(), TestDatabase.PASSWORD, database.server().port(), database.name()));
    return secret;
  }

  private static void assertHoldsNo(FinishedRunner runner, String text) {
    assertThat(runner.standardOutput()).doesNotContain(text);
    assertThat(runner.standardError()).doesNotContain(text);
    assertThat(runner.terminationMessage()).doesNotContain(text);
    assertThat(runner.standardOutput()).doesNotContain(TestDatabase.PASSWORD);
  }
}
