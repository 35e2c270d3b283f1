/**
 * The ports that every database implements: session, history, lock, execution. Dumb on purpose:
 * they build no plan and make no decision. Start reading at {@link
 * dev.dbmigration.runner.dialect.Session}.
 */
@NullMarked
package dev.dbmigration.runner.dialect;

import org.jspecify.annotations.NullMarked;
