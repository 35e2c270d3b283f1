package dev.dbmigration.sql;

import dev.dbmigration.sql.Statement.Kind;
import java.util.List;

/**
 * Recognises the statements that PostgreSQL refuses inside a transaction. Where that depends on the
 * target, such as on whether a table is partitioned, a statement counts as one of them: outside a
 * transaction it works in either case.
 */
final class StatementKinds {

  private static final List<String> ALWAYS_OUTSIDE =
      List.of(
          "CREATE|DROP DATABASE|TABLESPACE|SUBSCRIPTION",
          "ALTER SYSTEM",
          "REINDEX",
          "CLUSTER",
          "REPACK",
          "VACUUM",
          "DISCARD ALL",
          "COMMIT|ROLLBACK PREPARED");

  private static final List<String> CONCURRENT =
      List.of("CREATE UNIQUE? INDEX CONCURRENTLY", "DROP INDEX CONCURRENTLY");

  private StatementKinds() {}

  static Kind of(Phrase phrase) {
    if (isConcurrent(phrase)) {
      return Kind.CONCURRENT_INDEX;
    } else if (isOutside(phrase)) {
      return Kind.NON_TRANSACTIONAL;
    } else if (phrase.begins("SET LOCAL|SESSION? TRANSACTION")) {
      return Kind.TRANSACTION_SETTING;
    }
    return Kind.TRANSACTIONAL;
  }

  private static boolean isConcurrent(Phrase phrase) {
    return CONCURRENT.stream().anyMatch(phrase::begins)
        || (phrase.begins("REINDEX") && isConcurrentReindex(phrase))
        || (phrase.begins("ALTER TABLE")
            && phrase.contains("DETACH", "PARTITION")
            && phrase.contains("CONCURRENTLY"));
  }

  private static boolean isConcurrentReindex(Phrase phrase) {
    return phrase.contains("CONCURRENTLY")
        && !phrase.contains("CONCURRENTLY", "FALSE")
        && !phrase.contains("CONCURRENTLY", "OFF")
        && !phrase.contains("CONCURRENTLY", "0");
  }

  private static boolean isOutside(Phrase phrase) {
    return ALWAYS_OUTSIDE.stream().anyMatch(phrase::begins)
        || (phrase.begins("ALTER DATABASE") && phrase.contains("SET", "TABLESPACE"))
        || (phrase.begins("ALTER SUBSCRIPTION") && isSlotChange(phrase));
  }

  private static boolean isSlotChange(Phrase phrase) {
    return phrase.contains("PUBLICATION") || phrase.contains("REFRESH") || phrase.contains("SET");
  }
}
