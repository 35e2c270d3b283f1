package dev.dbmigration.docs;

import dev.dbmigration.model.Checksum;
import dev.dbmigration.model.Finding;
import dev.dbmigration.model.HistoryEntry;
import dev.dbmigration.model.MigrationKey;
import dev.dbmigration.model.SourcePosition;
import dev.dbmigration.model.Version;
import java.util.List;
import java.util.Optional;

/** The findings that the pages in {@code docs/errors} show as examples. */
final class QuotedFindings {

  private static final Checksum ONE = Checksum.ofText("test");
  private static final Checksum OTHER = Checksum.ofText("test2");

  static final List<Finding> ALL =
      List.of(
          new Finding.ConfigMapNotFound(List.of("orders-migrations")),
          new Finding.SourceChanged("orders-migrations"),
          new Finding.SourceEmpty(),
          new Finding.FileNameInvalid(
              "1_create_orders.sql",
              "fits neither V<version>__<description>.sql nor R__<description>.sql",
              "Rename it; probably V1__create_orders.sql is meant."),
          new Finding.VersionDuplicate(
              version("2"), List.of("V2__add_email.sql", "V2__add_phone.sql")),
          new Finding.FileUnreadable(
              version("3"),
              new SourcePosition("V3__seed.sql", 7, 22),
              "The string that begins here is never ended.",
              "End it with a single quote; a quote within is written twice."),
          new Finding.TransactionControl(
              version("4"),
              new SourcePosition("V4__move.sql", 9, 1),
              "COMMIT begins or ends a transaction.",
              "Remove it: each migration runs in a transaction of its own, and what cannot run in one is"
                  + " executed outside by itself. Where a commit in between is needed, write two"
                  + " migrations."),
          new Finding.PlaceholderMissing(
              version("2"), new SourcePosition("V2__seed.sql", 3, 17), "tenant"),
          new Finding.ChecksumMismatch(version("1"), "V1__create_orders.sql", ONE, OTHER),
          new Finding.OutOfOrder(version("3"), "V3__add_phone.sql", Version.parse("5")),
          new Finding.TargetNotEmpty(List.of("table customer", "table orders")),
          new Finding.HistoryWentBack(
              new HistoryEntry.Head(12, OTHER), Optional.of(new HistoryEntry.Head(7, ONE))),
          new Finding.HistoryWentBack(
              new HistoryEntry.Head(12, OTHER), Optional.of(new HistoryEntry.Head(12, ONE))),
          new Finding.HistoryDamaged(4),
          new Finding.UnfinishedChanged(version("3"), "V3__indexes.sql", 2));

  private QuotedFindings() {}

  private static MigrationKey version(String text) {
    return new MigrationKey.Versioned(Version.parse(text));
  }
}
