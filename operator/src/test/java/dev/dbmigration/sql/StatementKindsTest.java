package dev.dbmigration.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dbmigration.sql.Script.Segment;
import dev.dbmigration.sql.Statement.Kind;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StatementKindsTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CREATE DATABASE d",
        "drop database d",
        "ALTER DATABASE d SET TABLESPACE x",
        "CREATE TABLESPACE x LOCATION '/x'",
        "DROP TABLESPACE x",
        "ALTER SYSTEM SET work_mem = '1MB'",
        "REINDEX SCHEMA s",
        "REINDEX (VERBOSE) TABLE t",
        "REINDEX (CONCURRENTLY false) INDEX i",
        "CLUSTER",
        "CLUSTER t USING i",
        "VACUUM",
        "VACUUM (ANALYZE) t",
        "CREATE SUBSCRIPTION s CONNECTION 'c' PUBLICATION p",
        "ALTER SUBSCRIPTION s SET PUBLICATION p",
        "ALTER SUBSCRIPTION s REFRESH PUBLICATION",
        "ALTER SUBSCRIPTION s SET (failover = true)",
        "DROP SUBSCRIPTION s",
        "DISCARD ALL",
        "COMMIT PREPARED 'x'",
        "ROLLBACK PREPARED 'x'"
      })
  void recognisesWhatCannotRunInATransaction(String statement) {
    assertThat(kindOf(statement)).isEqualTo(Kind.NON_TRANSACTIONAL);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CREATE INDEX CONCURRENTLY i ON t (a)",
        "create unique index /* a */ concurrently on t (a)",
        "DROP INDEX CONCURRENTLY IF EXISTS i",
        "REINDEX INDEX CONCURRENTLY i",
        "REINDEX (VERBOSE, CONCURRENTLY) TABLE t",
        "ALTER TABLE IF EXISTS t DETACH PARTITION p CONCURRENTLY"
      })
  void recognisesWhatWorksConcurrently(String statement) {
    assertThat(kindOf(statement)).isEqualTo(Kind.CONCURRENT_INDEX);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CREATE INDEX i ON t (a)",
        "CREATE INDEX \"CONCURRENTLY\" ON t (a)",
        "SELECT 'CREATE INDEX CONCURRENTLY'",
        "DROP INDEX i",
        "ANALYZE t",
        "ALTER DATABASE d SET work_mem = '1MB'",
        "ALTER TABLE t DETACH PARTITION p",
        "ALTER TABLE t DETACH PARTITION p FINALIZE",
        "ALTER SUBSCRIPTION s DISABLE",
        "ALTER TYPE t ADD VALUE 'x'",
        "DISCARD PLANS",
        "CREATE TABLE vacuum_log (database text)",
        "VACUUM\u0131 t",
        "SET search_path TO s",
        "SET SESSION CHARACTERISTICS AS TRANSACTION READ WRITE"
      })
  void leavesEverythingElseInATransaction(String statement) {
    assertThat(kindOf(statement)).isEqualTo(Kind.TRANSACTIONAL);
  }

  @Test
  void splitsAFileIntoSegmentsByItself() {
    var script =
        Reading.understood(
                "CREATE TABLE t (a int); INSERT INTO t VALUES (1);"
                    + " CREATE INDEX CONCURRENTLY i ON t (a); VACUUM t;"
                    + " INSERT INTO t VALUES (2);")
            .script();

    assertThat(script.isAtomic()).isFalse();
    assertThat(script.segments())
        .extracting(segment -> segment.statements().size())
        .containsExactly(2, 1, 1, 1);
    assertThat(script.segments().get(1)).isInstanceOf(Segment.Single.class);
    assertThat(script.segments().get(2)).isInstanceOf(Segment.Single.class);
    assertThat(script.segments().get(3)).isInstanceOf(Segment.Transaction.class);
  }

  @Test
  void keepsTheDataOfACopyAsItIs() {
    var copy = "COPY t (a, b) FROM STDIN WITH (FORMAT csv)";

    var statements =
        Reading.statements(copy + "; -- data\r\n1,\"a;'\r\n\\.x\"\r\n\r\n\\.\r\nSELECT 1;");

    assertThat(statements.getFirst().text()).isEqualTo(copy);
    assertThat(statements.getFirst().copyData()).contains("1,\"a;'\r\n\\.x\"\r\n\r\n");
    assertThat(statements.get(1).copyData()).isEqualTo(Optional.empty());
  }

  @Test
  void expectsDataOnlyBehindACopyFromStandardInput() {
    assertThat(
            Reading.texts(
                "COPY t TO STDOUT; COPY (SELECT 1 AS stdin) TO '/x'; COPY t FROM '/stdin';"
                    + " COPY t FROM PROGRAM 'stdin'; SELECT 1 FROM stdin;"))
        .hasSize(5);
  }

  private static Kind kindOf(String statement) {
    return Reading.statements(statement).getFirst().kind();
  }
}
