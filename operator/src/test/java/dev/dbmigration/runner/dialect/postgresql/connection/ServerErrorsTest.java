package dev.dbmigration.runner.dialect.postgresql.connection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dbmigration.model.Reason;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ServerErrorsTest {

  @ParameterizedTest
  @CsvSource({
    "28P01, LOGIN_REFUSED",
    "28000, LOGIN_REFUSED",
    "3D000, DATABASE_NOT_FOUND",
    "53100, DISK_FULL",
    "53300, TARGET_UNREACHABLE",
    "57P03, TARGET_UNREACHABLE",
    "53000, TARGET_UNREACHABLE",
    "53200, TARGET_UNREACHABLE",
    "58030, TARGET_UNREACHABLE",
    "57P02, CONNECTION_LOST",
    "57P04, DATABASE_NOT_FOUND",
    "57P05, CONNECTION_LOST",
    "25P04, CONNECTION_LOST",
    "42501, PERMISSION_DENIED",
    "25006, TARGET_READ_ONLY",
    "55P03, LOCK_TIMEOUT",
    "40P01, LOCK_TIMEOUT",
    "40001, LOCK_TIMEOUT",
    "57014, STATEMENT_TIMEOUT",
    "57P01, CONNECTION_LOST",
    "08006, CONNECTION_LOST",
    "42P01, MIGRATION_FAILED",
    "23505, MIGRATION_FAILED",
    "P0001, MIGRATION_FAILED",
    "'', MIGRATION_FAILED"
  })
  void knowsWhatTheServersCodesMean(String code, Reason reason) {
    assertThat(ServerErrors.reason(code)).isEqualTo(reason);
  }

  @ParameterizedTest
  @EnumSource(Reason.class)
  void alwaysSaysWhatToDo(Reason reason) {
    assertThat(Remedies.of(reason)).endsWith(".");
  }
}
