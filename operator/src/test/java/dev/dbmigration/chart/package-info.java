/**
 * The Helm chart, rendered by {@code helm} itself and read back as objects. Needs no cluster. Start
 * reading at {@link dev.dbmigration.chart.Chart}.
 */
@NullMarked
package dev.dbmigration.chart;

import org.jspecify.annotations.NullMarked;
