package dev.dbmigration.sql;

import dev.dbmigration.model.SourcePosition;
import java.util.Arrays;
import java.util.stream.IntStream;

/** Where the lines of a file begin. */
final class FileLines {

  private final String file;
  private final String text;
  private final int[] starts;

  /**
   * The lines of a text, which end with LF, CR LF or CR.
   *
   * @param file path below the root of the source
   * @param text without byte order mark
   */
  FileLines(String file, String text) {
    this.file = file;
    this.text = text;
    this.starts =
        IntStream.concat(
                IntStream.of(0),
                IntStream.range(0, text.length()).filter(this::endsLine).map(index -> index + 1))
            .toArray();
  }

  private boolean endsLine(int index) {
    return switch (text.charAt(index)) {
      case '\n' -> true;
      case '\r' -> index + 1 == text.length() || text.charAt(index + 1) != '\n';
      default -> false;
    };
  }

  SourcePosition positionOf(int index) {
    int found = Arrays.binarySearch(starts, index);
    int line = found >= 0 ? found : -found - 2;
    int column = text.codePointCount(starts[line], index) + 1;
    return new SourcePosition(file, line + 1, column);
  }
}
