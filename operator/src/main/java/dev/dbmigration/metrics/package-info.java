/**
 * The names of the operator's metrics with their meaning, and the one recorder of them. Decides
 * nothing. Start reading at {@link dev.dbmigration.metrics.OperatorMetrics}.
 */
@NullMarked
package dev.dbmigration.metrics;

import org.jspecify.annotations.NullMarked;
