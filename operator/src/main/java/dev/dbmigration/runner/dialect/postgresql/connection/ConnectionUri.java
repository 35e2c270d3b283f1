package dev.dbmigration.runner.dialect.postgresql.connection;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The parts of a connection URI as operators of databases write it into Secrets: {@code
 * postgresql://user:password@host:5432/database} or {@code jdbc:postgresql://…}. Everything but a
 * closed list of options is refused: an option can make a driver load classes or read files.
 *
 * @param host absent if the URI names none
 * @param port absent if the URI names none
 * @param database absent if the URI names none
 * @param user absent if the URI names none
 * @param password absent if the URI names none
 * @param verified whether it demands a check of the server's certificate
 */
record ConnectionUri(
    Optional<String> host,
    Optional<String> port,
    Optional<String> database,
    Optional<String> user,
    Optional<String> password,
    boolean verified) {

  private static final Pattern FORM =
      Pattern.compile(
          "(?<jdbc>jdbc:)?postgres(?:ql)?://(?:(?<userinfo>[^/?#]*)@)?(?<address>[^/?#@]*)"
              + "(?:/(?<database>[^?#]*))?(?:\\?(?<options>[^#]*))?");
  private static final Pattern ADDRESS =
      Pattern.compile("(?<host>\\[[0-9A-Fa-f:.]+]|[^:\\[\\]]*)(?::(?<port>[0-9]*))?");

  /**
   * Reads a URI.
   *
   * @throws IllegalArgumentException with a reason that repeats nothing of the URI but names of
   *     options
   */
  static ConnectionUri parse(String text) {
    var form = FORM.matcher(text.strip());
    if (!form.matches()) {
      throw new IllegalArgumentException(
          "it is not of the form postgresql://user:password@host:port/database");
    }
    boolean jdbc = form.group("jdbc") != null;
    var options = options(Optional.ofNullable(form.group("options")), jdbc);
    var userinfo = Optional.ofNullable(form.group("userinfo"));
    var address = ADDRESS.matcher(single(form.group("address")));
    if (!address.matches()) {
      throw new IllegalArgumentException("its host and port are not of the form host:port");
    }
    return new ConnectionUri(
        Optional.of(address.group("host").replaceAll("[\\[\\]]", "")).filter(ConnectionUri::given),
        Optional.ofNullable(address.group("port")).filter(ConnectionUri::given),
        Optional.ofNullable(form.group("database"))
            .map(name -> decoded(name, jdbc))
            .filter(ConnectionUri::given),
        userinfo.map(info -> decoded(beforeColon(info), jdbc)).or(() -> get(options, "user")),
        userinfo
            .filter(info -> info.contains(":"))
            .map(info -> decoded(info.substring(info.indexOf(':') + 1), jdbc))
            .or(() -> get(options, "password")),
        get(options, "sslmode").filter(mode -> mode.startsWith("verify-")).isPresent());
  }

  private static Map<String, String> options(Optional<String> query, boolean jdbc) {
    var options = new TreeMap<String, String>();
    for (var option : query.filter(ConnectionUri::given).orElse("").split("&", -1)) {
      if (given(option)) {
        int equals = option.indexOf('=');
        var name = decoded(equals < 0 ? option : option.substring(0, equals), jdbc);
        options.put(name, equals < 0 ? "" : decoded(option.substring(equals + 1), jdbc));
      }
    }
    options.forEach(ConnectionUri::check);
    return options;
  }

  private static void check(String name, String value) {
    boolean known =
        switch (name) {
          case "user", "password" -> true;
          case "sslmode" ->
              switch (value) {
                case "disable", "allow", "prefer", "require", "verify-ca", "verify-full" -> true;
                default -> false;
              };
          default -> false;
        };
    if (!known) {
      throw new IllegalArgumentException(
          "its option "
              + (name.matches("[A-Za-z_]{1,40}") ? name : "with an unusual name")
              + " is not supported, or has a value that is not");
    }
  }

  private static String single(String address) {
    if (address.contains(",")) {
      throw new IllegalArgumentException(
          "it names several hosts; exactly one is supported, the one that takes changes");
    }
    return address;
  }

  private static String beforeColon(String userinfo) {
    int colon = userinfo.indexOf(':');
    return colon < 0 ? userinfo : userinfo.substring(0, colon);
  }

  private static Optional<String> get(Map<String, String> options, String name) {
    return Optional.ofNullable(options.get(name));
  }

  private static boolean given(String text) {
    return !text.isEmpty();
  }

  /** In a JDBC URL a plus sign is a blank, in libpq's form it is itself. */
  private static String decoded(String text, boolean jdbc) {
    try {
      return URLDecoder.decode(jdbc ? text : text.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("a % in it is not followed by two hexadecimal digits", e);
    }
  }
}
