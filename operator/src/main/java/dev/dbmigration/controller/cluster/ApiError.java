package dev.dbmigration.controller.cluster;

import dev.dbmigration.report.Excerpt;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.util.Optional;

/** What an answer of the API server means. */
public final class ApiError {

  private static final int LONGEST_WORDS = 1024;
  private static final int FIRST_OF_REQUEST = 400;
  private static final int FIRST_OF_SERVER = 500;
  private static final int TOO_MANY = 429;

  private ApiError() {}

  /** Whether the object is there already, or is another than was read. */
  public static boolean isConflict(KubernetesClientException e) {
    return e.getCode() == HttpURLConnection.HTTP_CONFLICT;
  }

  /** Whether there is no such object. */
  public static boolean isNotFound(KubernetesClientException e) {
    return e.getCode() == HttpURLConnection.HTTP_NOT_FOUND;
  }

  /** Whether the server refused, rather than being in trouble itself. */
  public static boolean isRefusal(KubernetesClientException e) {
    return e.getCode() >= FIRST_OF_REQUEST
        && e.getCode() < FIRST_OF_SERVER
        && e.getCode() != TOO_MANY;
  }

  /** The server's own words. */
  public static String words(KubernetesClientException e) {
    var words =
        Optional.ofNullable(e.getStatus())
            .map(status -> status.getMessage())
            .or(() -> Optional.ofNullable(e.getMessage()))
            .orElse("status " + e.getCode());
    return Excerpt.ofLength(words, LONGEST_WORDS);
  }
}
