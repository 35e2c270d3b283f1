package dev.dbmigration.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxy;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.slf4j.event.KeyValuePair;

class JsonLineEncoderTest {

  private final JsonLineEncoder encoder = new JsonLineEncoder();

  @Test
  void writesFixedKeysOnOneLine() throws Exception {
    var event = event("migration applied");
    event.setMDCPropertyMap(Map.of("namespace", "shop"));
    event.setKeyValuePairs(
        List.of(new KeyValuePair("migration", "V1__a\nb.sql"), new KeyValuePair("millis", 12L)));

    var line = new String(encoder.encode(event), StandardCharsets.UTF_8);

    assertThat(line).endsWith("\n").hasLineCount(1);
    assertThat(new ObjectMapper().readTree(line))
        .isEqualTo(
            new ObjectMapper()
                .readTree(
                    """
                    {"time": "2026-03-01T12:00:00Z", "level": "INFO",
                     "message": "migration applied", "namespace": "shop",
                     "migration": "V1__a\\nb.sql", "millis": 12,
                     "logger": "dev.dbmigration"}\
                    """));
  }

  @Test
  void masksEveryText() throws Exception {
    encoder.mask(text -> text.replace("s3cret", "***"));
    var event = event("s3cret");
    event.setMDCPropertyMap(Map.of("name", "s3cret"));
    event.setKeyValuePairs(List.of(new KeyValuePair("reason", "a s3cret")));
    event.setThrowableProxy(new ThrowableProxy(new IllegalStateException("s3cret")));

    var line = read(event);

    assertThat(line.toString()).contains("a ***", "IllegalStateException").doesNotContain("s3cret");
  }

  @Test
  void cutsLongTexts() throws Exception {
    var event = event("x".repeat(10_000));
    event.setMDCPropertyMap(Map.of());

    assertThat(read(event).get("message").asText()).hasSize(4096);
  }

  private JsonNode read(LoggingEvent event) throws Exception {
    return new ObjectMapper().readTree(encoder.encode(event));
  }

  private static LoggingEvent event(String message) {
    var logger = new LoggerContext().getLogger("dev.dbmigration");
    var event = new LoggingEvent("", logger, Level.INFO, message, null, null);
    event.setInstant(Instant.parse("2026-03-01T12:00:00Z"));
    return event;
  }
}
