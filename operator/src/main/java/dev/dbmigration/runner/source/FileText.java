package dev.dbmigration.runner.source;

import dev.dbmigration.model.Finding;
import dev.dbmigration.model.MigrationKey;
import dev.dbmigration.model.SourcePosition;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;

/** The text of a file, decoded strictly: a character that is replaced would be executed. */
sealed interface FileText {

  /**
   * It is text.
   *
   * @param text as written, a byte order mark included
   */
  record Decoded(String text) implements FileText {}

  /**
   * It is something else.
   *
   * @param finding why
   */
  record Unreadable(Finding finding) implements FileText {}

  static FileText of(byte[] bytes, MigrationKey key, String file) {
    var input = ByteBuffer.wrap(bytes);
    var output = CharBuffer.allocate(bytes.length);
    var result = StandardCharsets.UTF_8.newDecoder().decode(input, output, true);
    var text = output.flip().toString();
    if (result.isError()) {
      return unreadable(key, position(text, file), notUtf8(bytes));
    }
    int nul = text.indexOf('\0');
    return nul < 0
        ? new Decoded(text)
        : unreadable(key, position(text.substring(0, nul), file), "A NUL character stands here.");
  }

  private static String notUtf8(byte[] bytes) {
    boolean isUtf16 =
        bytes.length >= 2
            && ((bytes[0] == (byte) 0xFF && bytes[1] == (byte) 0xFE)
                || (bytes[0] == (byte) 0xFE && bytes[1] == (byte) 0xFF));
    return isUtf16
        ? "The file is written in UTF-16."
        : "The byte that stands here belongs to no text in UTF-8.";
  }

  private static SourcePosition position(String before, String file) {
    return SourcePosition.behind(file, before.startsWith("\uFEFF") ? before.substring(1) : before);
  }

  private static Unreadable unreadable(MigrationKey key, SourcePosition position, String problem) {
    return new Unreadable(
        new Finding.FileUnreadable(key, position, problem, "Save the file as text in UTF-8."));
  }
}
