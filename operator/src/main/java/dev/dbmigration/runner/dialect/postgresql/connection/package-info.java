/**
 * Connections to PostgreSQL: logins, addresses, TLS, the messages sent over a connection, and the
 * server's errors as failures that users see.
 */
@NullMarked
package dev.dbmigration.runner.dialect.postgresql.connection;

import org.jspecify.annotations.NullMarked;
