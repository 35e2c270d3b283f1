package dev.dbmigration.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dbmigration.model.Reason;
import dev.dbmigration.model.SourcePosition;
import dev.dbmigration.sql.Statement.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TransactionControlTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "BEGIN",
        "begin work",
        "BEGIN TRANSACTION",
        "START TRANSACTION",
        "COMMIT",
        "COMMIT AND CHAIN",
        "END",
        "ROLLBACK",
        "ROLLBACK WORK",
        "ABORT",
        "PREPARE TRANSACTION 'x'"
      })
  void refusesEveryStatementThatBeginsOrEndsATransaction(String statement) {
    var failure = Reading.failure("SELECT 1;\n /* a */ " + statement + ";\nSELECT 2;");

    assertThat(failure.reason()).isEqualTo(Reason.TRANSACTION_CONTROL_IN_FILE);
    assertThat(failure.position()).contains(new SourcePosition("V1__test.sql", 2, 10));
    assertThat(failure.message())
        .startsWith("Migration 1 cannot be executed, V1__test.sql:2:10: ")
        .endsWith(" begins or ends a transaction.");
    assertThat(failure.remedy()).startsWith("Remove it: each migration runs in a transaction");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SAVEPOINT a",
        "RELEASE SAVEPOINT a",
        "RELEASE a",
        "ROLLBACK TO a",
        "ROLLBACK TRANSACTION TO SAVEPOINT a",
        "PREPARE transaction AS SELECT 1",
        "PREPARE p AS SELECT 'x'",
        "DO $$ BEGIN COMMIT; END $$",
        "SELECT 'COMMIT'",
        "COMMENT ON TABLE t IS 'BEGIN'",
        "SELECT 1 AS commit",
        "\"commit\" 1",
        "COMM\u0131T"
      })
  void leavesOtherStatementsAlone(String statement) {
    assertThat(Reading.texts("SELECT 1; " + statement + "; SELECT 2"))
        .containsExactly("SELECT 1", statement, "SELECT 2");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "BEGIN; SELECT 1; SELECT 2; COMMIT;",
        "begin transaction;\nSELECT 1;SELECT 2;\nend work",
        "-- first\nSTART TRANSACTION; SELECT 1; SELECT 2; COMMIT TRANSACTION; -- done\n"
      })
  void leavesOutOnePairThatEnclosesEverything(String text) {
    var understood = Reading.understood(text);

    assertThat(Reading.texts(text)).containsExactly("SELECT 1", "SELECT 2");
    assertThat(understood.script().isAtomic()).isTrue();
    assertThat(understood.notes())
        .singleElement()
        .asString()
        .contains("BEGIN and COMMIT around the whole file are left out");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SET lock_timeout = 0; BEGIN; SELECT 1; COMMIT;",
        "BEGIN; SELECT 1; COMMIT; SELECT 2;",
        "BEGIN; SELECT 1; COMMIT; BEGIN; SELECT 2; COMMIT;",
        "BEGIN; SELECT 1; ROLLBACK;",
        "BEGIN; SELECT 1; COMMIT AND CHAIN;",
        "BEGIN; SELECT 1;",
        "BEGIN"
      })
  void refusesEveryOtherPair(String text) {
    assertThat(Reading.findings(text))
        .isNotEmpty()
        .allSatisfy(finding ->
            assertThat(finding.toFailure().reason()).isEqualTo(Reason.TRANSACTION_CONTROL_IN_FILE));
  }

  @Test
  void refusesAPairAroundWhatCannotRunInATransaction() {
    var failure = Reading.failure("BEGIN;\nSELECT 1;\nVACUUM t;\nCOMMIT;");

    assertThat(failure.reason()).isEqualTo(Reason.TRANSACTION_CONTROL_IN_FILE);
    assertThat(failure.message())
        .contains(
            "V1__test.sql:3:1: This statement cannot run in a transaction, but BEGIN and COMMIT"
                + " enclose it.");
  }

  @Test
  void keepsWhatADroppedBeginSaysAboutItsTransaction() {
    var statements =
        Reading.statements("BEGIN WORK\n  ISOLATION LEVEL SERIALIZABLE;\nSELECT 1;\nCOMMIT;");

    var setting = statements.getFirst();
    assertThat(setting.kind()).isEqualTo(Kind.TRANSACTION_SETTING);
    assertThat(setting.text()).isEqualTo("SET TRANSACTION ISOLATION LEVEL SERIALIZABLE");
    assertThat(setting.positions().at("SET TRANSACTION ISO".length()))
        .isEqualTo(new SourcePosition("V1__test.sql", 2, 6));
    assertThat(statements.get(1).text()).isEqualTo("SELECT 1");
  }

  @Test
  void hoistsSetTransactionToTheFrontOfItsTransaction() {
    var segments =
        Reading.understood(
                "SELECT 1; VACUUM; SELECT 2; SET TRANSACTION ISOLATION LEVEL REPEATABLE READ;"
                    + " SELECT 3; SET LOCAL TRANSACTION DEFERRABLE;")
            .script()
            .segments();

    assertThat(segments.get(2).statements())
        .extracting(Statement::text)
        .containsExactly(
            "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ",
            "SET LOCAL TRANSACTION DEFERRABLE",
            "SELECT 2",
            "SELECT 3");
  }

  @Test
  void refusesToMakeTheTransactionReadOnly() {
    assertThat(Reading.failure("SET TRANSACTION READ ONLY; SELECT 1;").message())
        .contains("V1__test.sql:1:1: This makes the transaction read-only");
    assertThat(Reading.failure("START TRANSACTION READ ONLY; SELECT 1; COMMIT").message())
        .contains("V1__test.sql:1:1: This makes the transaction read-only");
  }
}
