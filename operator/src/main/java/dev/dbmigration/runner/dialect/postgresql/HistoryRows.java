package dev.dbmigration.runner.dialect.postgresql;

import dev.dbmigration.model.Checksum;
import dev.dbmigration.model.HistoryEntry;
import dev.dbmigration.model.MigrationKey;
import dev.dbmigration.model.Version;
import dev.dbmigration.runner.dialect.History.Snapshot;
import dev.dbmigration.runner.dialect.History.Unfinished;
import dev.dbmigration.runner.dialect.NewEntry;
import dev.dbmigration.runner.dialect.postgresql.connection.Row;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Rows of the tables as entries. What cannot be one is damage, at its sequence number. */
final class HistoryRows {

  /** Stands in the place of the progress table where that is absent. */
  static final String NO_PROGRESS =
      "(SELECT NULL::bigint AS sequence, NULL::text[] AS finished, NULL::text AS began,"
          + " NULL::boolean AS recoverable)";

  private HistoryRows() {}

  /** All rows in their order, each with its progress. */
  static String select(HistoryTables tables, String progress) {
    return "SELECT h.sequence, kind, version, repeatable, description, file, checksum, run_id,"
        + " hash, (extract(epoch FROM started_at) * 1000000)::pg_catalog.int8,"
        + " h.duration_millis, pg_catalog.array_to_string(p.finished, ' '),"
        + " CASE WHEN NOT p.recoverable THEN p.began END FROM "
        + tables.history()
        + " AS h LEFT JOIN "
        + progress
        + " AS p ON p.sequence = h.sequence ORDER BY h.sequence";
  }

  static Snapshot snapshot(List<Row> rows, List<String> otherObjects) {
    var entries = new ArrayList<HistoryEntry>();
    var unfinished = Optional.<Unfinished>empty();
    for (var row : rows) {
      try {
        if (row.optional(10).isPresent()) {
          entries.add(entry(row));
        } else {
          unfinished = Optional.of(unfinished(row, entries));
        }
      } catch (IllegalArgumentException e) {
        return new Snapshot(entries, otherObjects, unfinished, Optional.of(row.number(0)));
      }
    }
    return new Snapshot(entries, otherObjects, unfinished, damagedAt(entries, unfinished));
  }

  private static Optional<Long> damagedAt(
      List<HistoryEntry> entries, Optional<Unfinished> unfinished) {
    return HistoryEntry.damagedAt(entries)
        .or(() ->
            unfinished
                .map(begun -> begun.entry().sequence())
                .filter(sequence -> sequence != entries.size() + 1));
  }

  private static HistoryEntry entry(Row row) {
    return new HistoryEntry(
        row.number(0),
        HistoryEntry.Kind.valueOf(row.text(1)),
        key(row),
        row.text(4),
        row.optional(5),
        row.optional(6).map(Checksum::new),
        instant(row.number(9)),
        Duration.ofMillis(row.number(10)),
        row.text(7),
        new Checksum(row.text(8)));
  }

  private static Unfinished unfinished(Row row, List<HistoryEntry> before) {
    var entry =
        new NewEntry(
            row.number(0),
            before.isEmpty() ? Optional.empty() : Optional.of(before.getLast().hash()),
            HistoryEntry.Kind.APPLIED,
            key(row),
            row.text(4),
            row.optional(5),
            row.optional(6).map(Checksum::new),
            row.text(7));
    if (!entry.hash().toString().equals(row.text(8))) {
      throw new IllegalArgumentException("the hash does not fit");
    }
    var finished =
        row.optional(11)
            .orElseThrow(() -> new IllegalArgumentException("its progress is not recorded"));
    return new Unfinished(entry, checksums(finished), row.optional(12).map(Checksum::new));
  }

  private static List<Checksum> checksums(String text) {
    return Stream.of(text.split(" ", -1))
        .filter(part -> !part.isEmpty())
        .map(Checksum::new)
        .toList();
  }

  private static MigrationKey key(Row row) {
    return row.optional(2)
        .<MigrationKey>map(version -> new MigrationKey.Versioned(Version.parse(version)))
        .orElseGet(() -> new MigrationKey.Repeatable(row.text(3)));
  }

  static Instant instant(long micros) {
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
  }
}
