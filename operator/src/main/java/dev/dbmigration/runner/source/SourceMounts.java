package dev.dbmigration.runner.source;

import java.nio.file.Path;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Where a source can be read.
 *
 * @param configMaps the folder that holds one folder per ConfigMap, named by its index from 0
 * @param inlineFiles text by file name; empty for other sources
 */
public record SourceMounts(Path configMaps, SortedMap<String, String> inlineFiles) {

  /** Copies the files. */
  public SourceMounts {
    inlineFiles = Collections.unmodifiableSortedMap(new TreeMap<>(inlineFiles));
  }
}
