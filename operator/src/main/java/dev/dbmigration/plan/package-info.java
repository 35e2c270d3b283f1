/**
 * Files × history × policy → a plan, or the findings that forbid it. Pure: knows no database, no
 * file system and no clock, and executes nothing. Start reading at {@link
 * dev.dbmigration.plan.Planner}.
 */
@NullMarked
package dev.dbmigration.plan;

import org.jspecify.annotations.NullMarked;
