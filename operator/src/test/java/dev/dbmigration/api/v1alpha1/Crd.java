package dev.dbmigration.api.v1alpha1;

import io.fabric8.crdv2.generator.CRDGenerator;
import io.fabric8.crdv2.generator.CRDPostProcessor;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceColumnDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.OutputStream;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/** The custom resource definition, as it follows from the records. */
final class Crd {

  private static final List<String> COLUMNS =
      List.of("Target", "Version", "Pending", "Ready", "Reason", "Message", "Age");

  private Crd() {}

  static CustomResourceDefinition generate() {
    var generated = new AtomicReference<CustomResourceDefinition>();
    var catchIt =
        new CRDPostProcessor() {
          @Override
          public HasMetadata process(HasMetadata crd, String version) {
            generated.set((CustomResourceDefinition) crd);
            return crd;
          }
        };
    new CRDGenerator()
        .customResourceClasses(List.of(DatabaseMigration.class))
        .forCRDVersions("v1")
        .withPostProcessor(catchIt)
        .withOutput(new Discarded())
        .generate();
    return mended(generated.get());
  }

  static String yaml() {
    return "# Generated from the records in dev.dbmigration.api.v1alpha1; see docs/development.md.\n"
        + Serialization.asYaml(generate());
  }

  private static CustomResourceDefinition mended(CustomResourceDefinition crd) {
    var version = crd.getSpec().getVersions().getFirst();
    version
        .getAdditionalPrinterColumns()
        .sort(Comparator.comparing(CustomResourceColumnDefinition::getName, Crd::byPlace));
    var schema = version.getSchema().getOpenAPIV3Schema();
    schema.setDescription("One database and the migrations that it shall have.");
    schema.getProperties().get("spec").setDescription("What is wanted.");
    schema.getProperties().get("status").setDescription("What the operator has seen.");
    mendConditions(at(schema, "status", "conditions"));
    for (var kind : List.of("requests", "limits")) {
      at(schema, "spec", "job", "resources", kind)
          .getProperties()
          .values()
          .forEach(Crd::mendAmount);
    }
    withoutRepetitions(schema);
    return crd;
  }

  /** The generator insists on a file; the caught object is all that is wanted. */
  private static final class Discarded implements CRDGenerator.CRDOutput<OutputStream> {
    @Override
    public OutputStream outputFor(String name) {
      return OutputStream.nullOutputStream();
    }

    @Override
    public void close() {}
  }

  private static int byPlace(String left, String right) {
    return Integer.compare(COLUMNS.indexOf(left), COLUMNS.indexOf(right));
  }

  private static void mendConditions(JSONSchemaProps conditions) {
    conditions.setXKubernetesListType("map");
    conditions.setXKubernetesListMapKeys(List.of("type"));
    var condition = conditions.getItems().getSchema();
    condition.setRequired(List.of("lastTransitionTime", "message", "reason", "status", "type"));
    describe(condition, "type", "Ready, Reconciling or Stalled.", 316);
    describe(condition, "status", "True, False or Unknown.", 10);
    describe(condition, "reason", "The machine-readable reason.", 1024);
    describe(condition, "message", "What is so, why, and what to do about it.", 32768);
    describe(condition, "lastTransitionTime", "When the status last changed.", 40);
    at(condition, "lastTransitionTime").setFormat("date-time");
    at(condition, "observedGeneration")
        .setDescription("The generation of the spec that the condition is about.");
  }

  private static void mendAmount(JSONSchemaProps amount) {
    amount.setMinimum(0.0);
    amount.setMaxLength(20L);
    amount.setPattern(Form.QUANTITY);
  }

  /** A rule on a record's component is found twice: on its field and on its accessor. */
  private static void withoutRepetitions(JSONSchemaProps schema) {
    schema.setXKubernetesValidations(
        List.copyOf(new LinkedHashSet<>(schema.getXKubernetesValidations())));
    schema.getProperties().values().forEach(Crd::withoutRepetitions);
  }

  private static void describe(JSONSchemaProps of, String name, String text, long maxLength) {
    var property = at(of, name);
    property.setDescription(text);
    property.setMaxLength(maxLength);
  }

  private static JSONSchemaProps at(JSONSchemaProps schema, String... path) {
    var place = schema;
    for (var name : path) {
      place = place.getProperties().get(name);
    }
    return place;
  }
}
