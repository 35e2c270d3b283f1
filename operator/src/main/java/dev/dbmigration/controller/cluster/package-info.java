/**
 * What is kept of the cluster in memory, in a slim form, and how the API server is asked and its
 * answers are understood.
 */
@NullMarked
package dev.dbmigration.controller.cluster;

import org.jspecify.annotations.NullMarked;
