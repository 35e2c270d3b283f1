package dev.dbmigration.support;

import io.fabric8.mockwebserver.crud.Attribute;
import io.fabric8.mockwebserver.crud.AttributeSet;
import io.fabric8.mockwebserver.crud.AttributeType;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Finds what a request asks for without a look at all objects: by name, by the Job that a pod
 * belongs to, or among the objects of one kind. What was changed last comes last.
 */
final class ObjectIndex {

  /** Objects by the values of some attributes, of those objects that have them all. */
  private static final class By {

    private final List<String> keys;
    private final Map<List<Attribute>, Set<AttributeSet>> objects = new HashMap<>();

    By(String... keys) {
      this.keys = List.of(keys);
    }

    boolean suits(AttributeSet attributes) {
      return keys.stream()
          .allMatch(key ->
              attributes.containsKey(key)
                  && attributes.getAttribute(key).getType() == AttributeType.WITH);
    }

    List<Attribute> values(AttributeSet attributes) {
      return keys.stream().map(attributes::getAttribute).toList();
    }

    void add(AttributeSet object) {
      objects.computeIfAbsent(values(object), values -> new LinkedHashSet<>()).add(object);
    }

    void remove(AttributeSet object) {
      like(object).remove(object);
    }

    Set<AttributeSet> like(AttributeSet attributes) {
      return objects.getOrDefault(values(attributes), new LinkedHashSet<>());
    }
  }

  /** From the one that leaves the fewest objects to the one that leaves the most. */
  private final List<By> indexes =
      List.of(
          new By("plural", "namespace", "name"),
          new By("labels:batch.kubernetes.io/job-name"),
          new By("plural"));

  void add(AttributeSet object) {
    suiting(object).forEach(index -> index.add(object));
  }

  void remove(AttributeSet object) {
    suiting(object).forEach(index -> index.remove(object));
  }

  /** The objects that have all attributes of a query, which names at least their kind. */
  Stream<AttributeSet> matching(AttributeSet query) {
    var index = suiting(query).findFirst().orElseThrow();
    return index.like(query).stream().filter(object -> object.matches(query));
  }

  private Stream<By> suiting(AttributeSet attributes) {
    return indexes.stream().filter(index -> index.suits(attributes));
  }
}
