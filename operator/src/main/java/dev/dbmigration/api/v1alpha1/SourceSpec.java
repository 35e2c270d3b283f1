package dev.dbmigration.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where the migrations are read from: exactly one of {@code inline} and {@code configMaps} is not
 * empty.
 *
 * @param revision any text; a change makes a new generation
 * @param inline text by file name
 * @param configMaps ConfigMaps whose keys are files
 * @param placeholders values by name
 * @param placeholdersSecretName Secret with more values by name
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(
    value = "has(self.inline) || has(self.configMaps)",
    message = "no source is given: add one of inline and configMaps")
@ValidationRule(
    value = "!has(self.inline) || !has(self.configMaps)",
    message = "two sources are given: remove one of inline and configMaps")
public record SourceSpec(
    @JsonPropertyDescription(
            "Any text that names the state of the source. Changing it together with the content of"
                + " a ConfigMap makes the change visible to whoever waits for this resource.")
        @Size(min = 1, max = Form.NAME_LENGTH)
        @Nullable String revision,
    @JsonPropertyDescription(
            "The migrations themselves, text by file name, at most 128 KiB in all.")
        @Size(min = 1, max = 150)
        @ValidationRule(
            value = "self.all(name, size(name) <= 200 && name.matches('^[-._a-zA-Z0-9]+$'))",
            message =
                "a file name is not usable: write 1 to 200 letters, digits, dots, dashes and"
                    + " underscores")
        @ValidationRule(
            value = "self.map(name, size(bytes(self[name]))).sum() <= 131072",
            message =
                "the inline files are larger than 128 KiB in all: move them to ConfigMaps and name"
                    + " those in configMaps")
        Map<String, @Size(max = 131072) String> inline,
    @JsonPropertyDescription(
            "ConfigMaps in the namespace of this resource; each key is the name of a file.")
        @Size(min = 1, max = 10)
        List<ConfigMapSource> configMaps,
    @JsonPropertyDescription(
            "Values for the placeholders in the migrations, by name, at most 16 KiB in all.")
        @Size(max = 100)
        @ValidationRule(
            value = "self.all(name, size(name) <= 100 && name.matches('^[-._a-zA-Z0-9]+$'))",
            message =
                "a placeholder's name is not usable: write 1 to 100 letters, digits, dots, dashes"
                    + " and underscores")
        @ValidationRule(
            value = "self.map(name, size(bytes(self[name]))).sum() <= 16384",
            message =
                "the placeholders are larger than 16 KiB in all: a long text belongs in a migration")
        Map<String, @Size(max = 4096) String> placeholders,
    @JsonPropertyDescription(
            "Secret with more values for placeholders; each key is a name. They never appear in"
                + " messages, logs or the status.")
        @Pattern(Form.OBJECT_NAME)
        @Size(min = 1, max = Form.NAME_LENGTH)
        @Nullable String placeholdersSecretName) {

  /** Empty where nothing is given. */
  public SourceSpec {
    inline = Given.map(inline);
    configMaps = Given.list(configMaps);
    placeholders = Given.map(placeholders);
  }

  /**
   * One ConfigMap, each key a file.
   *
   * @param name of the ConfigMap
   * @param folder put before each file's name
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record ConfigMapSource(
      @Required
          @JsonPropertyDescription("Name of the ConfigMap.")
          @Pattern(Form.OBJECT_NAME)
          @Size(min = 1, max = Form.NAME_LENGTH)
          String name,
      @JsonPropertyDescription(
              "Folder in which its files appear, for order and for messages. Where absent, none.")
          @Pattern(Form.FOLDER)
          @Size(min = 1, max = 200)
          @Nullable String folder) {}
}
