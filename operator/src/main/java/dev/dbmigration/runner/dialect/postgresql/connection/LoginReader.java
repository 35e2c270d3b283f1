package dev.dbmigration.runner.dialect.postgresql.connection;

import dev.dbmigration.model.Failure;
import dev.dbmigration.model.Reason;
import dev.dbmigration.model.Target;
import dev.dbmigration.runner.dialect.SecretTexts;
import dev.dbmigration.runner.dialect.TargetException;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Finds the log-in in the specification and the Secret. For each part, the first that is there
 * counts: the specification, the key that it names, the URI whose key it names, a well-known key, a
 * well-known URI.
 */
public final class LoginReader {

  private static final List<String> URI_KEYS = List.of("uri", "jdbc-uri");
  private static final String SUPERUSER = "postgres";
  private static final String SUPERUSER_KEY = "postgres-password";
  private static final String DEFAULT_PORT = "5432";
  private static final Pattern HOST = Pattern.compile("[A-Za-z0-9._:-]{1,253}");

  /** What a log-in consists of. */
  private enum Part {
    HOST("host"),
    PORT("port"),
    DATABASE("database"),
    USERNAME("username"),
    PASSWORD("password");

    private final String field;

    Part(String field) {
      this.field = field;
    }

    /** The well-known keys, the first that is there counts. */
    private List<String> keys() {
      return switch (this) {
        case HOST, PORT, PASSWORD -> List.of(field);
        case DATABASE -> List.of("dbname", "database");
        case USERNAME -> List.of("username", "user");
      };
    }
  }

  private final Target target;
  private final Map<String, String> secret;

  private LoginReader(Target target, Map<String, String> secret) {
    this.target = target;
    this.secret = secret;
  }

  /**
   * Finds all parts.
   *
   * @throws TargetException naming everything that is missing or of the wrong form, and no value
   */
  public static Login read(Target target, Map<String, String> secret) throws TargetException {
    if (secret.isEmpty()) {
      throw new TargetException(
          Failure.of(
              Reason.SECRET_NOT_FOUND,
              "The Secret " + target.secretName() + " does not exist or is empty.",
              "Create it in the namespace of the resource, or correct spec.target.secretName."));
    }
    return new LoginReader(target, secret).login();
  }

  private Login login() throws TargetException {
    var values = new EnumMap<Part, String>(Part.class);
    for (var part : Part.values()) {
      var found = specified(part).isPresent() ? specified(part) : key(part);
      found.ifPresent(value -> values.put(part, value));
    }
    boolean verified = false;
    if (target.secretKeys().uri().isPresent()) {
      verified = addFrom(uri(present(target.secretKeys().uri().get(), "uri")), values);
    }
    for (var part : Part.values()) {
      wellKnown(part).ifPresent(value -> values.putIfAbsent(part, value));
    }
    var wellKnownUri = URI_KEYS.stream().filter(secret::containsKey).findFirst();
    if (!isComplete(values) && wellKnownUri.isPresent()) {
      verified |= addFrom(uri(wellKnownUri.get()), values);
    }
    addSuperuser(values);
    values.putIfAbsent(Part.PORT, DEFAULT_PORT);
    requireAll(values);
    return new Login(
        host(get(values, Part.HOST)),
        port(get(values, Part.PORT)),
        get(values, Part.DATABASE),
        get(values, Part.USERNAME),
        get(values, Part.PASSWORD),
        verified,
        hidden(get(values, Part.PASSWORD)));
  }

  private Optional<String> specified(Part part) {
    return switch (part) {
      case HOST -> target.host();
      case PORT -> target.port().map(String::valueOf);
      case DATABASE -> target.database();
      case USERNAME, PASSWORD -> Optional.empty();
    };
  }

  private Optional<String> configuredKey(Part part) {
    var keys = target.secretKeys();
    return switch (part) {
      case HOST -> keys.host();
      case PORT -> keys.port();
      case DATABASE -> keys.database();
      case USERNAME -> keys.username();
      case PASSWORD -> keys.password();
    };
  }

  /** The value of the key that the specification names; one that it names must be there. */
  private Optional<String> key(Part part) throws TargetException {
    var configured = configuredKey(part);
    return configured.isEmpty()
        ? Optional.empty()
        : Optional.of(value(present(configured.get(), part.field)));
  }

  private Optional<String> wellKnown(Part part) {
    return part.keys().stream().filter(secret::containsKey).map(this::value).findFirst();
  }

  private String present(String key, String field) throws TargetException {
    if (!secret.containsKey(key)) {
      throw new TargetException(
          Failure.of(
              Reason.SECRET_KEY_MISSING,
              "The Secret " + target.secretName() + " has no key " + key + ".",
              "Add the key, or correct spec.target.secretKeys." + field + "."));
    }
    return key;
  }

  /** A line end at the end is left by the tools that made the Secret. */
  private String value(String key) {
    return secret.getOrDefault(key, "").replaceAll("[\\r\\n]+$", "");
  }

  private ConnectionUri uri(String key) throws TargetException {
    try {
      return ConnectionUri.parse(value(key));
    } catch (IllegalArgumentException e) {
      throw invalid("The key " + key, String.valueOf(e.getMessage()));
    }
  }

  private static boolean addFrom(ConnectionUri uri, Map<Part, String> values) {
    uri.host().ifPresent(value -> values.putIfAbsent(Part.HOST, value));
    uri.port().ifPresent(value -> values.putIfAbsent(Part.PORT, value));
    uri.database().ifPresent(value -> values.putIfAbsent(Part.DATABASE, value));
    uri.user().ifPresent(value -> values.putIfAbsent(Part.USERNAME, value));
    uri.password().ifPresent(value -> values.putIfAbsent(Part.PASSWORD, value));
    return uri.verified();
  }

  /** Bitnami's Secret names no user: this password is always the superuser's. */
  private void addSuperuser(Map<Part, String> values) {
    if (!values.containsKey(Part.USERNAME) && secret.containsKey(SUPERUSER_KEY)) {
      values.put(Part.USERNAME, SUPERUSER);
      if (target.secretKeys().password().isEmpty()) {
        values.put(Part.PASSWORD, value(SUPERUSER_KEY));
      }
    }
  }

  private static boolean isComplete(Map<Part, String> values) {
    return values.keySet().containsAll(EnumSet.complementOf(EnumSet.of(Part.PORT)));
  }

  private void requireAll(Map<Part, String> values) throws TargetException {
    var missing =
        Stream.of(Part.values())
            .filter(part -> values.getOrDefault(part, "").isEmpty())
            .map(part -> part.field + " (" + String.join(", ", part.keys()) + ")")
            .toList();
    if (!missing.isEmpty()) {
      throw new TargetException(
          Failure.of(
              Reason.SECRET_KEY_MISSING,
              "The Secret "
                  + target.secretName()
                  + " has no key for: "
                  + String.join("; ", missing)
                  + "; nor a key uri or jdbc-uri that says it.",
              "Add the keys, or name others in spec.target.secretKeys; host, port and database can"
                  + " also stand in spec.target."));
    }
  }

  private static String get(Map<Part, String> values, Part part) {
    return values.getOrDefault(part, "");
  }

  private String host(String host) throws TargetException {
    if (!HOST.matcher(host).matches()) {
      throw invalid("The host", "it is neither a host name nor an address");
    }
    return host;
  }

  private int port(String port) throws TargetException {
    if (!port.matches("[0-9]{1,5}")
        || Integer.parseInt(port) < 1
        || Integer.parseInt(port) > 65535) {
      throw invalid("The port", "it is not a number from 1 to 65535");
    }
    return Integer.parseInt(port);
  }

  private TargetException invalid(String what, String why) {
    return new TargetException(
        Failure.of(
            Reason.SECRET_INVALID,
            what + " in the Secret " + target.secretName() + " cannot be used: " + why + ".",
            "Correct the Secret, or set host, port and database in spec.target."));
  }

  /** What the specification names as the password need not look like one. */
  private Set<String> hidden(String password) {
    var hidden = new HashSet<>(SecretTexts.of(secret, target.secretKeys()));
    hidden.add(password);
    return hidden;
  }
}
