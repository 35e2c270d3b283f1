package dev.dbmigration.report;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.SortedMap;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** Inline files as one text: base64 of the gzip of a JSON object, text by file name. */
public final class InlineFiles {

  /** The largest content that is unpacked, in bytes; the API allows 128 KiB. */
  static final int MAX_BYTES = 1024 * 1024;

  private InlineFiles() {}

  /** Packs files; the same files always give the same text. */
  public static String pack(SortedMap<String, String> files) {
    try (var bytes = new ByteArrayOutputStream()) {
      try (var gzip = new GZIPOutputStream(bytes)) {
        gzip.write(JsonObject.of(files).write().getBytes(StandardCharsets.UTF_8));
      }
      return Base64.getEncoder().encodeToString(bytes.toByteArray());
    } catch (IOException e) {
      throw new IllegalStateException("memory cannot fail to be written", e);
    }
  }

  /**
   * Unpacks what {@link #pack} made.
   *
   * @throws IllegalArgumentException if the text is something else, or too large
   */
  public static SortedMap<String, String> unpack(String packed) {
    try (var gzip = new GZIPInputStream(new ByteArrayInputStream(decode(packed)))) {
      var json = gzip.readNBytes(MAX_BYTES + 1);
      if (json.length > MAX_BYTES) {
        throw new IllegalArgumentException(
            "the inline files are larger than " + MAX_BYTES + " bytes");
      }
      return JsonObject.parse(new String(json, StandardCharsets.UTF_8)).allTexts();
    } catch (IOException e) {
      throw new IllegalArgumentException("the inline files are not compressed as expected", e);
    }
  }

  private static byte[] decode(String packed) {
    return Base64.getMimeDecoder().decode(packed.getBytes(StandardCharsets.US_ASCII));
  }
}
