package dev.dbmigration.controller.cluster;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.informers.cache.Cache;
import io.fabric8.kubernetes.client.informers.cache.ItemStore;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what an informer watches in a slim form. Belongs to one informer only: when that lists
 * again, whatever it does not know is removed.
 *
 * @param <T> the kind of object
 */
@SuppressWarnings("NullAway") // the interface says null where there is nothing
public final class SlimStore<T extends HasMetadata> implements ItemStore<T> {

  private final Map<String, T> items = new ConcurrentHashMap<>();
  private final UnaryOperator<T> slim;
  private final Consumer<T> whenKept;
  private final Consumer<T> whenRemoved;

  /** Keeps, and tells nobody. */
  public SlimStore(UnaryOperator<T> slim) {
    this(slim, _ -> {}, _ -> {});
  }

  /**
   * Keeps, and tells.
   *
   * @param slim what to keep of an object
   * @param whenKept told of each object that is kept or replaced
   * @param whenRemoved told of each object that is gone
   */
  public SlimStore(UnaryOperator<T> slim, Consumer<T> whenKept, Consumer<T> whenRemoved) {
    this.slim = slim;
    this.whenKept = whenKept;
    this.whenRemoved = whenRemoved;
  }

  @Override
  public String getKey(T object) {
    return Cache.metaNamespaceKeyFunc(object);
  }

  @Override
  public @Nullable T put(String key, T object) {
    var kept = slim.apply(object);
    var previous = items.put(key, kept);
    whenKept.accept(kept);
    return previous;
  }

  @Override
  public @Nullable T remove(String key) {
    var removed = items.remove(key);
    if (removed != null) {
      whenRemoved.accept(removed);
    }
    return removed;
  }

  @Override
  public Stream<String> keySet() {
    return items.keySet().stream();
  }

  @Override
  public Stream<T> values() {
    return items.values().stream();
  }

  @Override
  public int size() {
    return items.size();
  }

  @Override
  public @Nullable T get(String key) {
    return items.get(key);
  }

  /** What is kept is not what the cluster has. */
  @Override
  public boolean isFullState() {
    return false;
  }
}
