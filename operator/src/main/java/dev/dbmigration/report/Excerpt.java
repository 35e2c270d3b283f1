package dev.dbmigration.report;

import java.nio.charset.StandardCharsets;

/** The beginning of a text that is too long, and an ellipsis; never cut through a character. */
public final class Excerpt {

  private static final String ELLIPSIS = "…";
  private static final int BYTES_OF_ELLIPSIS = ELLIPSIS.getBytes(StandardCharsets.UTF_8).length;

  private Excerpt() {}

  /** At most so many characters, as Java counts them. */
  public static String ofLength(String text, int length) {
    return text.length() <= length ? text : beginning(text, length - ELLIPSIS.length()) + ELLIPSIS;
  }

  /** At most so many bytes of UTF-8. */
  public static String ofBytes(String text, int bytes) {
    if (text.getBytes(StandardCharsets.UTF_8).length <= bytes) {
      return text;
    }
    int end = 0;
    for (int left = bytes - BYTES_OF_ELLIPSIS; left >= bytesAt(text, end); ) {
      left -= bytesAt(text, end);
      end += Character.charCount(text.codePointAt(end));
    }
    return text.substring(0, end) + ELLIPSIS;
  }

  private static String beginning(String text, int end) {
    boolean isWithinPair = end > 0 && Character.isHighSurrogate(text.charAt(end - 1));
    return text.substring(0, isWithinPair ? end - 1 : end);
  }

  private static int bytesAt(String text, int index) {
    return Character.toString(text.codePointAt(index)).getBytes(StandardCharsets.UTF_8).length;
  }
}
