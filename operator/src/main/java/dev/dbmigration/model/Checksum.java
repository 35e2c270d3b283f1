package dev.dbmigration.model;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.SortedMap;
import java.util.regex.Pattern;

/**
 * A SHA-256 digest, written {@code sha256:} and 64 lower-case hexadecimal digits.
 *
 * @param value the written form
 */
public record Checksum(String value) {

  private static final Pattern FORM = Pattern.compile("sha256:[0-9a-f]{64}");

  /** Checks the written form. */
  public Checksum {
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "not a checksum of the form sha256:<64 hexadecimal digits>");
    }
  }

  /**
   * The checksum of a migration's text: over its UTF-8 bytes, after dropping a byte order mark and
   * turning each CR LF or lone CR into LF. Everything else counts.
   */
  public static Checksum ofText(String text) {
    var unmarked = text.startsWith("\uFEFF") ? text.substring(1) : text;
    var normalised = unmarked.replace("\r\n", "\n").replace('\r', '\n');
    return ofBytes(normalised.getBytes(StandardCharsets.UTF_8));
  }

  /** The checksum of bytes as they are. */
  public static Checksum ofBytes(byte[] bytes) {
    try {
      var digest = MessageDigest.getInstance("SHA-256").digest(bytes);
      return new Checksum("sha256:" + HexFormat.of().formatHex(digest));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /**
   * The checksum of files: over their names and bytes. The operator computes it of a ConfigMap, the
   * runner of the same ConfigMap's mount, and compares the two.
   */
  public static Checksum ofFiles(SortedMap<String, byte[]> files) {
    var canonical = new StringBuilder();
    files.forEach((name, bytes) ->
        canonical
            .append(name.length())
            .append(':')
            .append(name)
            .append('=')
            .append(ofBytes(bytes))
            .append('\n'));
    return ofBytes(canonical.toString().getBytes(StandardCharsets.UTF_8));
  }

  /** The first twelve hexadecimal digits, for names. */
  public String abbreviated() {
    return value.substring("sha256:".length(), "sha256:".length() + 12);
  }

  @Override
  public String toString() {
    return value;
  }
}
