package dev.dbmigration.report;

/** Names and places that operator and runner agree on. All paths are below {@link #ROOT}. */
public final class RunContract {

  /** Environment variable with the {@code RunRequest} as JSON. */
  public static final String REQUEST = "DBMIGRATION_RUN";

  /** Environment variable that moves {@link #DEFAULT_ROOT}, for runs outside a pod. */
  public static final String ROOT = "DBMIGRATION_ROOT";

  /** Environment variable that moves the termination message, for runs outside a pod. */
  public static final String TERMINATION_MESSAGE = "DBMIGRATION_TERMINATION_MESSAGE";

  /** Environment variable: {@code true} lets the runner connect to loopback addresses. */
  public static final String ALLOW_LOOPBACK = "DBMIGRATION_ALLOW_LOOPBACK";

  /** Environment variable: seconds between the signal to stop and the end of the pod. */
  public static final String GRACE_PERIOD = "DBMIGRATION_GRACE_SECONDS";

  /** Where everything is mounted. */
  public static final String DEFAULT_ROOT = "/dbmigration";

  /** Where the kubelet reads the summary. */
  public static final String DEFAULT_TERMINATION_MESSAGE = "/dev/termination-log";

  /** The target's Secret: one file per key. */
  public static final String TARGET_FOLDER = "target";

  /** The Secret with placeholders: one file per name. */
  public static final String PLACEHOLDERS_FOLDER = "placeholders";

  /** Secret or ConfigMap with {@code ca.crt}. */
  public static final String CA_FOLDER = "ca";

  /** Secret with {@code tls.crt} and {@code tls.key}. */
  public static final String CLIENT_CERTIFICATE_FOLDER = "client-certificate";

  /** One folder per ConfigMap, named by its index from 0. */
  public static final String SOURCE_FOLDER = "source";

  /** The inline files, packed by {@link InlineFiles}. */
  public static final String INLINE_FILE = "inline/files";

  /** The largest summary, in bytes: what Kubernetes keeps of a termination message. */
  public static final int MAX_SUMMARY_BYTES = 4096;

  private RunContract() {}
}
