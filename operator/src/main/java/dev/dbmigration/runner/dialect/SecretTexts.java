package dev.dbmigration.runner.dialect;

import dev.dbmigration.model.Target.SecretKeys;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Which texts of a target's Secret must never be shown: its passwords, as they are and as URIs
 * write them. Not a whole URI, nor a whole line of a {@code .pgpass} file: the names of host and
 * database, which they hold too, may be shown. Pure.
 */
public final class SecretTexts {

  private static final Pattern TELLING_KEY = Pattern.compile(".*(pass|verifier|secret|token).*");
  private static final Pattern URI_PASSWORD =
      Pattern.compile("(?:://[^/@\\s:]*:(?<user>[^/@\\s]+)@)|(?:[?&]password=(?<option>[^&\\s]+))");

  /** The last of five fields; a colon within a field has a backslash before it. */
  private static final Pattern PGPASS_PASSWORD =
      Pattern.compile("^(?:(?:[^:\\\\\\n]|\\\\.)*:){4}(.+)$", Pattern.MULTILINE);

  private SecretTexts() {}

  /**
   * Finds them, in all of the Secret.
   *
   * @param secret values by key
   * @param keys what the specification says about them
   */
  public static Set<String> of(Map<String, String> secret, SecretKeys keys) {
    var texts = new TreeSet<String>();
    secret.forEach((key, value) -> {
      var ofUris = ofUris(value);
      texts.addAll(ofUris);
      boolean isPassword = keys.password().filter(key::equals).isPresent();
      if (isPassword || (ofUris.isEmpty() && isTelling(key))) {
        texts.addAll(ofValue(key, value));
      }
    });
    texts.remove("");
    return texts;
  }

  private static boolean isTelling(String key) {
    return TELLING_KEY.matcher(key.toLowerCase(Locale.ROOT)).matches();
  }

  private static Set<String> ofValue(String key, String value) {
    if (key.toLowerCase(Locale.ROOT).contains("pgpass")) {
      var passwords = new TreeSet<String>();
      PGPASS_PASSWORD
          .matcher(value)
          .results()
          .map(match -> match.group(1).strip())
          .forEach(found -> {
            passwords.add(found);
            passwords.add(found.replaceAll("\\\\(.)", "$1"));
          });
      return passwords;
    }
    return Set.of(value.strip());
  }

  private static Set<String> ofUris(String value) {
    var passwords = new TreeSet<String>();
    URI_PASSWORD
        .matcher(value)
        .results()
        .map(SecretTexts::password)
        .flatMap(found -> Stream.of(found, decoded(found), decoded(found.replace("+", "%2B"))))
        .forEach(passwords::add);
    return passwords;
  }

  private static String password(MatchResult match) {
    return match.group("user") == null ? match.group("option") : match.group("user");
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException _) {
      return text;
    }
  }
}
