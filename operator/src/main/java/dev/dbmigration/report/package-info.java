/**
 * The contract between the operator and the pod of a run: where the pod finds its request and its
 * files, and how it hands its report back. Defined once, used by both sides. Start reading at
 * {@link dev.dbmigration.report.RunContract}.
 */
@NullMarked
package dev.dbmigration.report;

import org.jspecify.annotations.NullMarked;
