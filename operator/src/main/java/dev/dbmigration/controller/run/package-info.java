/**
 * Runs as the cluster shows them: Jobs and their pods read as states, and which runs are active.
 */
@NullMarked
package dev.dbmigration.controller.run;

import org.jspecify.annotations.NullMarked;
