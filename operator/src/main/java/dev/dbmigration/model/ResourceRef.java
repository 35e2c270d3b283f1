package dev.dbmigration.model;

/**
 * Which {@code DatabaseMigration} is meant.
 *
 * @param namespace where it lives
 * @param name its name
 * @param uid its unique id: a deleted and recreated resource has another
 */
public record ResourceRef(String namespace, String name, String uid) {

  @Override
  public String toString() {
    return namespace + "/" + name;
  }
}
