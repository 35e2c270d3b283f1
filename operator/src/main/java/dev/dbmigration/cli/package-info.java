/**
 * The program's entry: commands, exit codes, and the only place where objects are wired together.
 * Holds no logic of its own. Start reading at {@link dev.dbmigration.cli.Main}.
 */
@NullMarked
package dev.dbmigration.cli;

import org.jspecify.annotations.NullMarked;
