package dev.dbmigration.cli;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.encoder.EncoderBase;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.dbmigration.report.Excerpt;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.slf4j.event.KeyValuePair;

/**
 * Writes a log event as one JSON object on one line: {@code time}, {@code level}, {@code message},
 * the event's key-values, the thread's context (such as {@code namespace}, {@code name}, {@code
 * run}), {@code logger}, and {@code exception} where there is one.
 */
final class JsonLineEncoder extends EncoderBase<ILoggingEvent> {

  private static final int LONGEST_TEXT = 4096;

  private final JsonFactory json = new JsonFactory();
  private volatile UnaryOperator<String> masking = UnaryOperator.identity();

  void mask(UnaryOperator<String> newMasking) {
    masking = newMasking;
  }

  @Override
  public byte[] headerBytes() {
    return new byte[0];
  }

  @Override
  public byte[] encode(ILoggingEvent event) {
    var bytes = new ByteArrayOutputStream(256);
    try (var line = json.createGenerator(bytes)) {
      line.writeStartObject();
      line.writeStringField("time", event.getInstant().toString());
      line.writeStringField("level", event.getLevel().toString());
      text(line, "message", event.getFormattedMessage());
      details(line, event);
      line.writeStringField("logger", event.getLoggerName());
      if (event.getThrowableProxy() != null) {
        text(line, "exception", ThrowableProxyUtil.asString(event.getThrowableProxy()));
      }
      line.writeEndObject();
    } catch (IOException e) {
      throw new IllegalStateException("memory cannot fail to be written", e);
    }
    bytes.write('\n');
    return bytes.toByteArray();
  }

  @Override
  public byte[] footerBytes() {
    return new byte[0];
  }

  private void details(JsonGenerator line, ILoggingEvent event) throws IOException {
    for (var entry : event.getMDCPropertyMap().entrySet()) {
      text(line, entry.getKey(), entry.getValue());
    }
    var pairs = Objects.requireNonNullElse(event.getKeyValuePairs(), List.<KeyValuePair>of());
    for (var pair : pairs) {
      if (pair.value instanceof Integer || pair.value instanceof Long) {
        line.writeNumberField(pair.key, ((Number) pair.value).longValue());
      } else {
        text(line, pair.key, String.valueOf(pair.value));
      }
    }
  }

  private void text(JsonGenerator line, String key, String value) throws IOException {
    line.writeStringField(key, Excerpt.ofLength(masking.apply(value), LONGEST_TEXT));
  }
}
