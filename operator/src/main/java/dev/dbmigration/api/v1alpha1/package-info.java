/**
 * The custom resource as users write it and as they read it back. Holds no behaviour beyond turning
 * absent lists and maps into empty ones; what is optional and not given is null here and nowhere
 * else, because the schema is generated from these records. Start reading at {@link
 * dev.dbmigration.api.v1alpha1.DatabaseMigration}.
 */
@NullMarked
package dev.dbmigration.api.v1alpha1;

import org.jspecify.annotations.NullMarked;
