package io.socle.realtime.contracts.frame;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.socle.realtime.contracts.golden.Committed;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** The published description of the WebSocket protocol, with the schema of each frame by {@code client.<type>}. */
final class AsyncApi {
    private final JsonNode document =
            new YAMLMapper().readTree(Committed.document("asyncapi.yaml").read());
    // The AsyncAPI schema object is a superset of JSON Schema draft 7.
    private final SchemaRegistry registry = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7);
    private final Map<String, Schema> schemas = new HashMap<>();

    JsonNode document() {
        return document;
    }

    /** Names of the frames, such as {@code server.lost}. */
    TreeSet<String> frames() {
        return new TreeSet<>(document.at("/components/messages").propertyNames());
    }

    List<String> requiredFields(String frame) {
        List<String> names = new ArrayList<>();
        schemaNode(frame).path("required").forEach(name -> names.add(name.asString()));
        return names;
    }

    private JsonNode schemaNode(String frame) {
        return document.at("/components/schemas/" + frame);
    }

    /** What is wrong with the frame; empty where nothing is. */
    List<String> errors(String frame, String json) {
        return schemas.computeIfAbsent(frame, this::compile).validate(json, InputFormat.JSON).stream()
                .map(Object::toString)
                .toList();
    }

    private Schema compile(String frame) {
        ObjectNode schema = new YAMLMapper().createObjectNode();
        schema.putArray("allOf").addObject().put("$ref", "#/components/schemas/" + frame);
        schema.set("components", document.get("components"));
        return registry.getSchema(schema);
    }
}
