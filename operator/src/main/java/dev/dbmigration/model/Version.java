package dev.dbmigration.model;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The ordered identifier of a migration, in Flyway's grammar: whole numbers of any length,
 * separated by dots or underscores. Trailing zero parts do not count, so {@code 1}, {@code 1.0} and
 * {@code 01} are one version and {@code 1.1} is below {@code 1.10}.
 *
 * @param parts the numbers without trailing zeros, at least one; {@code [0]} for version 0
 */
public record Version(List<BigInteger> parts) implements Comparable<Version> {

  /** The longest text that is accepted, in characters. */
  public static final int MAX_LENGTH = 100;

  private static final Pattern GRAMMAR = Pattern.compile("[0-9]+([._][0-9]+)*");
  private static final Pattern SEPARATOR = Pattern.compile("[._]");

  /** Drops trailing zero parts and checks that there is at least one part. */
  public Version {
    if (parts.isEmpty()) {
      throw new IllegalArgumentException("a version has at least one number");
    }
    parts = withoutTrailingZeros(parts);
  }

  /** Whether {@link #parse} would accept the text. */
  public static boolean isValid(String text) {
    return text.length() <= MAX_LENGTH && GRAMMAR.matcher(text).matches();
  }

  /**
   * Reads a version as it stands in a file name or a specification.
   *
   * @throws IllegalArgumentException if {@link #isValid} says no
   */
  public static Version parse(String text) {
    if (!isValid(text)) {
      throw new IllegalArgumentException(
          "not a version: numbers separated by dots or underscores are expected");
    }
    var parts = new ArrayList<BigInteger>();
    for (var part : SEPARATOR.split(text, -1)) {
      parts.add(new BigInteger(part));
    }
    return new Version(parts);
  }

  @Override
  public int compareTo(Version other) {
    int length = Math.max(parts.size(), other.parts.size());
    for (int i = 0; i < length; i++) {
      int order = part(i).compareTo(other.part(i));
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }

  /** The numbers separated by dots, without leading or trailing zeros. */
  @Override
  public String toString() {
    return parts.stream().map(BigInteger::toString).collect(Collectors.joining("."));
  }

  private BigInteger part(int index) {
    return index < parts.size() ? parts.get(index) : BigInteger.ZERO;
  }

  private static List<BigInteger> withoutTrailingZeros(List<BigInteger> parts) {
    int end = parts.size();
    while (end > 1 && parts.get(end - 1).signum() == 0) {
      end--;
    }
    return List.copyOf(parts.subList(0, end));
  }
}
