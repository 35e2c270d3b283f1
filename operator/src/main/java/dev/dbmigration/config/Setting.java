package dev.dbmigration.config;

/** Every setting of the operator: an environment variable, its form, its default, its meaning. */
public enum Setting {
  WATCH_NAMESPACES(
      Form.NAMES,
      "",
      "Namespaces whose resources are looked after, separated by commas; empty means all."),
  RUNNER_IMAGE(
      Form.TEXT, "", "Image of the runner's pods; required, normally the operator's own image."),
  RUNNER_IMAGE_PULL_POLICY(
      Form.PULL_POLICY, "IfNotPresent", "When the kubelet pulls the runner's image."),
  RUNNER_GRACE_PERIOD(
      Form.DURATION,
      "60s",
      "Time between the signal to stop and the end of a runner's pod, 10s to 1h."),
  RUNNER_ALLOW_LOOPBACK(
      Form.FLAG,
      "false",
      "Whether a target may have a loopback address; for laptops and tests only."),
  RUNNER_LABELS(
      Form.NAMES,
      "",
      "Keys of labels that resources may give to Jobs and pods, separated by commas; empty means"
          + " none."),
  RUNNER_ANNOTATIONS(
      Form.NAMES,
      "",
      "Keys of annotations that resources may give to Jobs and pods, separated by commas; empty"
          + " means none."),
  MAX_CONCURRENT_RUNS(
      Form.NUMBER, "20", "How many runs are active at once, 1 to 1000; the rest are Queued."),
  CONFIG_MAP_INTERVAL(
      Form.DURATION,
      "5m",
      "How often a ConfigMap without the label dbmigration.dev/source is looked at, 1s to 1h."),
  LEADER_ELECTION(
      Form.FLAG, "false", "Whether one of several replicas leads; needed for more than one."),
  LEASE_NAME(Form.TEXT, "dbmigration-operator", "Name of the Lease that the leader holds."),
  LEASE_NAMESPACE(Form.TEXT, "", "Namespace of the Lease; required with LEADER_ELECTION."),
  LISTEN_PORT(Form.NUMBER, "8080", "Port of /healthz, /readyz and /metrics; 0 picks a free one.");

  /** What all names of settings begin with. */
  public static final String PREFIX = "DBMIGRATION_OPERATOR_";

  private final Form form;
  private final String defaultText;
  private final String sentence;

  Setting(Form form, String defaultText, String sentence) {
    this.form = form;
    this.defaultText = defaultText;
    this.sentence = sentence;
  }

  /** The name of the environment variable. */
  public String variable() {
    return PREFIX + name();
  }

  /** How its value is written, in words. */
  public String form() {
    return form.words;
  }

  /** What applies where the variable is absent or empty; empty where nothing does. */
  public String defaultText() {
    return defaultText;
  }

  /** What it is for. */
  public String sentence() {
    return sentence;
  }

  private enum Form {
    TEXT("text"),
    NAMES("list of names"),
    FLAG("true or false"),
    NUMBER("number"),
    DURATION("duration, such as 90s or 5m"),
    PULL_POLICY("Always, IfNotPresent or Never");

    private final String words;

    Form(String words) {
      this.words = words;
    }
  }
}
