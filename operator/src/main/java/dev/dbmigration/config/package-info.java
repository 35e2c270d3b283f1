/**
 * Reads the operator's settings from the environment. Decides nothing and keeps nothing. Start
 * reading at {@link dev.dbmigration.config.OperatorSettings}; each setting's name, default and
 * meaning stand in {@link dev.dbmigration.config.Setting}.
 */
@NullMarked
package dev.dbmigration.config;

import org.jspecify.annotations.NullMarked;
