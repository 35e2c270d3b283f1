/** What the documentation shows, executed. */
@NullMarked
package dev.dbmigration.docs;

import org.jspecify.annotations.NullMarked;
