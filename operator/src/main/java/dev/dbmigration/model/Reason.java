package dev.dbmigration.model;

import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/**
 * Every machine-readable reason: of conditions, events, metrics and failures. Each has a page
 * {@code docs/errors/<text>.md}.
 */
public enum Reason {
  APPLIED("Applied", Disposition.READY, ExitCode.SUCCEEDED),

  MIGRATION_RUNNING("MigrationRunning", Disposition.IN_PROGRESS, ExitCode.SUCCEEDED),
  QUEUED("Queued", Disposition.IN_PROGRESS, ExitCode.SUCCEEDED),
  SUSPENDED("Suspended", Disposition.IN_PROGRESS, ExitCode.SUCCEEDED),
  TERMINATING("Terminating", Disposition.IN_PROGRESS, ExitCode.SUCCEEDED),
  POD_NOT_STARTING("PodNotStarting", Disposition.IN_PROGRESS, ExitCode.SUCCEEDED),

  CONFIG_MAP_NOT_FOUND("ConfigMapNotFound", Disposition.RETRIED, ExitCode.CONFIGURATION),
  SOURCE_CHANGED("SourceChanged", Disposition.RETRIED, ExitCode.CONFIGURATION),
  SECRET_NOT_FOUND("SecretNotFound", Disposition.RETRIED, ExitCode.CONFIGURATION),
  SECRET_KEY_MISSING("SecretKeyMissing", Disposition.RETRIED, ExitCode.CONFIGURATION),
  SECRET_INVALID("SecretInvalid", Disposition.RETRIED, ExitCode.CONFIGURATION),
  JOB_REFUSED("JobRefused", Disposition.RETRIED, ExitCode.CONFIGURATION),
  JOB_VANISHED("JobVanished", Disposition.RETRIED, ExitCode.INTERNAL),
  REPORT_UNREADABLE("ReportUnreadable", Disposition.RETRIED, ExitCode.INTERNAL),
  RUNNER_FAILED("RunnerFailed", Disposition.RETRIED, ExitCode.INTERNAL),
  TARGET_UNREACHABLE("TargetUnreachable", Disposition.RETRIED, ExitCode.TARGET_UNAVAILABLE),
  LOGIN_REFUSED("LoginRefused", Disposition.RETRIED_SLOWLY, ExitCode.TARGET_UNAVAILABLE),
  TLS_FAILED("TlsFailed", Disposition.RETRIED, ExitCode.TARGET_UNAVAILABLE),
  POOLER_UNSUPPORTED("PoolerUnsupported", Disposition.RETRIED, ExitCode.TARGET_UNAVAILABLE),
  DATABASE_NOT_FOUND("DatabaseNotFound", Disposition.RETRIED, ExitCode.TARGET_UNAVAILABLE),
  TARGET_READ_ONLY("TargetReadOnly", Disposition.RETRIED, ExitCode.TARGET_UNAVAILABLE),
  DISK_FULL("DiskFull", Disposition.RETRIED, ExitCode.TARGET_UNAVAILABLE),
  PERMISSION_DENIED("PermissionDenied", Disposition.RETRIED, ExitCode.TARGET_UNAVAILABLE),
  CONNECTION_LOST("ConnectionLost", Disposition.RETRIED, ExitCode.TARGET_UNAVAILABLE),
  LOCK_NOT_OBTAINED("LockNotObtained", Disposition.RETRIED, ExitCode.LOCK_NOT_OBTAINED),
  LOCK_TIMEOUT("LockTimeout", Disposition.RETRIED, ExitCode.LOCK_NOT_OBTAINED),
  INTERRUPTED("Interrupted", Disposition.RETRIED, ExitCode.STOPPED),

  INVALID_SPEC("InvalidSpec", Disposition.NEEDS_A_PERSON, ExitCode.CONFIGURATION),
  ADDRESS_REFUSED("AddressRefused", Disposition.NEEDS_A_PERSON, ExitCode.CONFIGURATION),
  NAME_CONFLICT("NameConflict", Disposition.NEEDS_A_PERSON, ExitCode.CONFIGURATION),
  NODE_LOST("NodeLost", Disposition.NEEDS_A_PERSON, ExitCode.INTERNAL),
  SOURCE_EMPTY("SourceEmpty", Disposition.NEEDS_A_PERSON, ExitCode.REFUSED),
  FILE_NAME_INVALID("FileNameInvalid", Disposition.NEEDS_A_PERSON, ExitCode.REFUSED),
  VERSION_DUPLICATE("VersionDuplicate", Disposition.NEEDS_A_PERSON, ExitCode.REFUSED),
  FILE_UNREADABLE("FileUnreadable", Disposition.NEEDS_A_PERSON, ExitCode.REFUSED),
  TRANSACTION_CONTROL_IN_FILE(
      "TransactionControlInFile", Disposition.NEEDS_A_PERSON, ExitCode.REFUSED),
  PLACEHOLDER_MISSING("PlaceholderMissing", Disposition.NEEDS_A_PERSON, ExitCode.REFUSED),
  CHECKSUM_MISMATCH("ChecksumMismatch", Disposition.NEEDS_A_PERSON, ExitCode.REFUSED),
  OUT_OF_ORDER("OutOfOrder", Disposition.NEEDS_A_PERSON, ExitCode.REFUSED),
  TARGET_NOT_EMPTY("TargetNotEmpty", Disposition.NEEDS_A_PERSON, ExitCode.REFUSED),
  HISTORY_WENT_BACK("HistoryWentBack", Disposition.NEEDS_A_PERSON, ExitCode.REFUSED),
  HISTORY_DAMAGED("HistoryDamaged", Disposition.NEEDS_A_PERSON, ExitCode.REFUSED),
  MIGRATION_FAILED("MigrationFailed", Disposition.NEEDS_A_PERSON, ExitCode.MIGRATION_FAILED),
  STATEMENT_TIMEOUT("StatementTimeout", Disposition.NEEDS_A_PERSON, ExitCode.MIGRATION_FAILED),
  PARTIALLY_APPLIED("PartiallyApplied", Disposition.NEEDS_A_PERSON, ExitCode.MIGRATION_FAILED),
  IN_DOUBT("InDoubt", Disposition.NEEDS_A_PERSON, ExitCode.MIGRATION_FAILED),
  DEADLINE_EXCEEDED("DeadlineExceeded", Disposition.NEEDS_A_PERSON, ExitCode.STOPPED);

  /** What a reason means for the resource. */
  public enum Disposition {
    /** Done; nothing to do. */
    READY,
    /** Something is happening or waited for. */
    IN_PROGRESS,
    /**
     * May pass by itself or by a change that the operator cannot see: tried again, for ever, ever
     * more slowly.
     */
    RETRIED,
    /**
     * As {@link #RETRIED}, beginning with a longer pause because repeated attempts can lock an
     * account.
     */
    RETRIED_SLOWLY,
    /** Only a change of the resource or of its source helps; nothing is tried until then. */
    NEEDS_A_PERSON
  }

  private final String text;
  private final Disposition disposition;
  private final ExitCode exitCode;

  Reason(String text, Disposition disposition, ExitCode exitCode) {
    this.text = text;
    this.disposition = disposition;
    this.exitCode = exitCode;
  }

  /** The CamelCase form that users see. */
  public String text() {
    return text;
  }

  /** What the reason means for the resource. */
  public Disposition disposition() {
    return disposition;
  }

  /** How the runner ends when this is why. */
  public ExitCode exitCode() {
    return exitCode;
  }

  /** Whether a failure for this reason is tried again without any change. */
  public boolean isRetried() {
    return switch (disposition) {
      case RETRIED, RETRIED_SLOWLY -> true;
      case READY, IN_PROGRESS, NEEDS_A_PERSON -> false;
    };
  }

  /** The pause before the second attempt; zero where there is none. */
  public Duration firstPause() {
    return switch (disposition) {
      case RETRIED -> Duration.ofSeconds(10);
      case RETRIED_SLOWLY -> Duration.ofMinutes(1);
      case READY, IN_PROGRESS, NEEDS_A_PERSON -> Duration.ZERO;
    };
  }

  /** The reason with this text; empty for an unknown one, such as a newer runner's. */
  public static Optional<Reason> of(String text) {
    return Arrays.stream(values()).filter(reason -> reason.text.equals(text)).findFirst();
  }

  @Override
  public String toString() {
    return text;
  }
}
