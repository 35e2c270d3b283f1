package dev.dbmigration.sql;

import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Values for {@code ${name}} in migrations. Names are matched as written first, then without regard
 * to case.
 *
 * @param values by name; may be secret
 */
public record Placeholders(Map<String, String> values) {

  /** No placeholder is defined. */
  public static final Placeholders NONE = new Placeholders(Map.of());

  /** Copies the values. */
  public Placeholders {
    values = Map.copyOf(values);
  }

  /** These, and others that win where both have a name. */
  public Placeholders and(Map<String, String> others) {
    var all = new TreeMap<>(values);
    all.putAll(others);
    return new Placeholders(all);
  }

  Optional<String> valueOf(String name) {
    return Optional.ofNullable(values.get(name))
        .or(() ->
            values.entrySet().stream()
                .filter(entry -> entry.getKey().equalsIgnoreCase(name))
                .min(Comparator.comparing(Map.Entry::getKey))
                .map(Map.Entry::getValue));
  }

  /** Names only: values can be secret. */
  @Override
  public String toString() {
    return "Placeholders" + values.keySet();
  }
}
