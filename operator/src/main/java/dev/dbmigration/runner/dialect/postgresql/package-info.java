/**
 * PostgreSQL: the only code that sees its driver. Makes no decision about what is applied. Start
 * reading at {@link dev.dbmigration.runner.dialect.postgresql.PostgresDialect}.
 */
@NullMarked
package dev.dbmigration.runner.dialect.postgresql;

import org.jspecify.annotations.NullMarked;
