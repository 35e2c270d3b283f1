package dev.dbmigration.model;

/**
 * What identifies a migration within a source and a history: its version, or the description of a
 * repeatable one.
 */
public sealed interface MigrationKey {

  /** As written in status, reports and messages: the version, or {@code R} and the description. */
  String text();

  /**
   * A migration that is applied once.
   *
   * @param version its place in the order
   */
  record Versioned(Version version) implements MigrationKey {
    @Override
    public String text() {
      return version.toString();
    }
  }

  /**
   * A migration that is applied again when its checksum changes.
   *
   * @param description the part of the file name after the separator, which identifies it
   */
  record Repeatable(String description) implements MigrationKey {
    @Override
    public String text() {
      return "R " + description;
    }
  }
}
