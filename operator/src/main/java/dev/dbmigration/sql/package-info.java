/**
 * SQL text to statements with positions: one lexer per dialect, and what a statement is. Pure:
 * reads no file, opens no connection, and never changes a statement's text.
 */
@NullMarked
package dev.dbmigration.sql;

import org.jspecify.annotations.NullMarked;
