package dev.dbmigration.model;

/** The kind of database, as users name it. */
public enum Engine {
  POSTGRESQL("postgresql");

  private final String text;

  Engine(String text) {
    this.text = text;
  }

  /** The lower-case name that users write. */
  public String text() {
    return text;
  }

  @Override
  public String toString() {
    return text;
  }
}
