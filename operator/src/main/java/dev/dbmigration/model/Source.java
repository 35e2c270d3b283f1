package dev.dbmigration.model;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Where migrations are read from. */
public sealed interface Source {

  /**
   * Files that stand in the resource itself.
   *
   * @param files text by file name
   */
  record Inline(SortedMap<String, String> files) implements Source {
    /** Copies the files. */
    public Inline {
      files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
    }
  }

  /**
   * Files in ConfigMaps of the resource's namespace.
   *
   * @param configMaps in the order of the specification, at least one
   */
  record ConfigMaps(List<ConfigMap> configMaps) implements Source {
    /** Copies the list and checks that there is one. */
    public ConfigMaps {
      configMaps = List.copyOf(configMaps);
      if (configMaps.isEmpty()) {
        throw new IllegalArgumentException("at least one ConfigMap is named");
      }
    }
  }

  /**
   * One ConfigMap, each key a file.
   *
   * @param name of the ConfigMap
   * @param folder put before each file's path; absent means none
   * @param content {@link Checksum#ofFiles checksum} of what the operator saw in it; absent means
   *     that any content is read
   */
  record ConfigMap(String name, Optional<String> folder, Optional<Checksum> content) {}
}
