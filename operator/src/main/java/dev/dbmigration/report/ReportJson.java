package dev.dbmigration.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.deser.std.FromStringDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.dbmigration.model.Checksum;
import dev.dbmigration.model.Reason;
import dev.dbmigration.model.RunOutcome;
import dev.dbmigration.model.Source;
import dev.dbmigration.model.Version;
import java.util.function.Function;

/**
 * How the model's types are written as JSON; unknown fields are ignored, so that either side may be
 * newer.
 */
final class ReportJson {

  static final JsonMapper MAPPER =
      JsonMapper.builder()
          .addModule(new Jdk8Module())
          .addModule(new JavaTimeModule())
          .addModule(texts())
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
          .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
          .defaultPropertyInclusion(
              JsonInclude.Value.construct(
                  JsonInclude.Include.NON_ABSENT, JsonInclude.Include.ALWAYS))
          .addMixIn(Source.class, SourceForm.class)
          .addMixIn(RunOutcome.class, OutcomeForm.class)
          .build();

  private ReportJson() {}

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
  @JsonSubTypes({
    @JsonSubTypes.Type(value = Source.Inline.class, name = "inline"),
    @JsonSubTypes.Type(value = Source.ConfigMaps.class, name = "configMaps")
  })
  private interface SourceForm {}

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
  @JsonSubTypes({
    @JsonSubTypes.Type(value = RunOutcome.Succeeded.class, name = "succeeded"),
    @JsonSubTypes.Type(value = RunOutcome.Failed.class, name = "failed")
  })
  private interface OutcomeForm {}

  private static SimpleModule texts() {
    return new SimpleModule()
        .addSerializer(Version.class, ToStringSerializer.instance)
        .addDeserializer(Version.class, new FromText<>(Version.class, Version::parse))
        .addSerializer(Checksum.class, ToStringSerializer.instance)
        .addDeserializer(Checksum.class, new FromText<>(Checksum.class, Checksum::new))
        .addSerializer(Reason.class, ToStringSerializer.instance)
        .addDeserializer(
            Reason.class,
            new FromText<>(Reason.class, text -> Reason.of(text).orElse(Reason.RUNNER_FAILED)));
  }

  private static final class FromText<T> extends FromStringDeserializer<T> {

    private final transient Function<String, T> parse;

    FromText(Class<T> type, Function<String, T> parse) {
      super(type);
      this.parse = parse;
    }

    @Override
    protected T _deserialize(String text, DeserializationContext context) {
      return parse.apply(text);
    }
  }
}
