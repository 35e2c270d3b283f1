/**
 * Measurements, run by {@code ./mvnw -Pbench verify} and by nothing else. Each compares with a peer
 * in the same run and prints figures; none fails because of a time.
 */
package dev.dbmigration.bench;
