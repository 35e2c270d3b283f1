/**
 * Finds migration files, parses their names and checksums their text. Reads files only: it does not
 * look into SQL, and compares nothing with a history. Start reading at {@link
 * dev.dbmigration.runner.source.SourceFiles}.
 */
@NullMarked
package dev.dbmigration.runner.source;

import org.jspecify.annotations.NullMarked;
