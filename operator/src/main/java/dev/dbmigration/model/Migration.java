package dev.dbmigration.model;

/**
 * One change, read from one file.
 *
 * @param key what identifies it
 * @param description in words; may be empty
 * @param file path below the root of the source, with {@code /}
 * @param text the file's text as written, before placeholders are resolved
 * @param checksum of the normalised text, see {@link Checksum#ofText}
 */
public record Migration(
    MigrationKey key, String description, String file, String text, Checksum checksum) {

  /** The migration that this text is, with its checksum computed. */
  public static Migration of(MigrationKey key, String description, String file, String text) {
    return new Migration(key, description, file, text, Checksum.ofText(text));
  }
}
