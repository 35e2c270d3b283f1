package dev.dbmigration.reconcile;

import dev.dbmigration.model.Checksum;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * A digest over named values; the length of each value is part of it, so that none can pose as two.
 */
final class FieldDigest {

  private final StringBuilder fields = new StringBuilder();

  void add(String name, String value) {
    fields.append(name).append('=').append(value.length()).append(':').append(value).append('\n');
  }

  void add(String name, Optional<?> value) {
    value.ifPresent(present -> add(name, present.toString()));
  }

  <T> void addUnless(String name, T value, T usual) {
    if (!value.equals(usual)) {
      add(name, value.toString());
    }
  }

  Checksum value() {
    return Checksum.ofBytes(fields.toString().getBytes(StandardCharsets.UTF_8));
  }
}
