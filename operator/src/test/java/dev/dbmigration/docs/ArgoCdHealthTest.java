package dev.dbmigration.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.luaj.vm2.LuaBoolean;
import org.luaj.vm2.LuaNumber;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.lib.jse.JsePlatform;

class ArgoCdHealthTest {

  private static final Pattern SCRIPT = Pattern.compile("(?s)```lua\n(.*?)```");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      nullValues = "none",
      textBlock =
          """
          {}          | none                                                     | Progressing | Waiting for the operator
          {}          | {observedGeneration: -1}                                 | Progressing | Waiting for the operator
          {}          | {observedGeneration: 2, conditions: [{type: Ready, status: "True", message: old}]} | Progressing | Waiting for the operator
          {}          | {observedGeneration: 3}                                  | Progressing | Waiting for the operator
          {}          | {observedGeneration: 3, conditions: [{type: Ready, status: "False", message: run 1}, {type: Reconciling, status: "True", message: run 1}]} | Progressing | run 1
          {}          | {observedGeneration: 3, conditions: [{type: Ready, status: "True", message: all applied}, {type: Stalled, status: "False", message: x}]} | Healthy | all applied
          {}          | {observedGeneration: 3, conditions: [{type: Ready, status: "False", message: x}, {type: Stalled, status: "True", message: V2 failed}]} | Degraded | V2 failed
          {suspend: true} | {observedGeneration: 3, conditions: [{type: Ready, status: "True", message: x}]} | Suspended | No run starts while spec.suspend is true
          """)
  void followsTheConditions(String spec, String status, String health, String message)
      throws IOException {
    var object =
        "metadata: {generation: 3}%nspec: %s%n%s"
            .formatted(spec, status == null ? "" : "status: " + status);

    var answer = healthOf(new KubernetesSerialization().unmarshal(object, Map.class));

    assertThat(answer.get("status").tojstring()).isEqualTo(health);
    assertThat(answer.get("message").tojstring()).isEqualTo(message);
  }

  private static LuaValue healthOf(Map<?, ?> object) throws IOException {
    var script = SCRIPT.matcher(Files.readString(Path.of("..", "docs", "argocd.md")));
    assertThat(script.find()).isTrue();
    var globals = JsePlatform.standardGlobals();
    globals.set("obj", lua(object));
    return globals.load(script.group(1)).call();
  }

  private static LuaValue lua(Object value) {
    return switch (value) {
      case Map<?, ?> map -> table(map);
      case List<?> list ->
          LuaTable.listOf(list.stream().map(ArgoCdHealthTest::lua).toArray(LuaValue[]::new));
      case Boolean flag -> LuaBoolean.valueOf(flag);
      case Number number -> LuaNumber.valueOf(number.longValue());
      default -> LuaString.valueOf(value.toString());
    };
  }

  private static LuaTable table(Map<?, ?> map) {
    var table = new LuaTable();
    map.forEach((key, value) -> table.set(key.toString(), lua(value)));
    return table;
  }
}
