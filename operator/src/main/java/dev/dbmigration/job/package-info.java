/**
 * From the request of a run to the manifest of its Job. Pure: talks to no cluster, and the same
 * request gives the same Job. Start reading at {@link dev.dbmigration.job.JobManifest}.
 */
@NullMarked
package dev.dbmigration.job;

import org.jspecify.annotations.NullMarked;
