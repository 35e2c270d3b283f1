/**
 * The custom resource as users write it, translated: its spec into what is wished, its status into
 * what is recorded, and the other way round. The only place where the words of the API are read and
 * written.
 */
@NullMarked
package dev.dbmigration.controller.resource;

import org.jspecify.annotations.NullMarked;
