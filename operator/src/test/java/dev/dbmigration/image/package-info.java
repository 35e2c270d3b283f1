/**
 * What the commands do while the image is built, so that their AOT caches hold what they need in
 * earnest. Runs in a stage of the Dockerfile, with the in-memory Kubernetes API and an embedded
 * PostgreSQL, both over TLS as in a cluster. Start reading at {@link
 * dev.dbmigration.image.Training}.
 */
@NullMarked
package dev.dbmigration.image;

import org.jspecify.annotations.NullMarked;
