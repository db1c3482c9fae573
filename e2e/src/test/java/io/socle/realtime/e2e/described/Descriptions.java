package io.socle.realtime.e2e.described;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.socle.realtime.e2e.suite.Commands;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** openapi.yaml and asyncapi.yaml, with their schemas in one pool, as the first refers to the second. */
final class Descriptions {
    private final YAMLMapper yaml = new YAMLMapper();
    private final JsonNode asyncApi = read("asyncapi.yaml");
    private final JsonNode openApi = read("openapi.yaml");
    private final ObjectNode pool = pool();
    private final SchemaRegistry registry = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
    private final Map<String, Schema> compiled = new HashMap<>();

    private JsonNode read(String file) {
        try {
            String text = Files.readString(
                    Commands.ROOT.resolve("docs").resolve("protocol").resolve(file));
            return yaml.readTree(text.replace("asyncapi.yaml#/", "#/"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ObjectNode pool() {
        ObjectNode schemas = (ObjectNode) asyncApi.at("/components/schemas").deepCopy();
        openApi.at("/components/schemas").forEachEntry((name, schema) -> {
            if (schemas.has(name)) {
                throw new AssertionError("both descriptions have a schema " + name);
            }
            schemas.set(name, schema);
        });
        return schemas;
    }

    /** Types of the frames that a server may send. */
    TreeSet<String> serverFrames() {
        var types = new TreeSet<String>();
        asyncApi.at("/components/messages").propertyNames().stream()
                .filter(name -> name.startsWith("server."))
                .forEach(name -> types.add(name.substring("server.".length())));
        return types;
    }

    /** Operations as {@code GET /path}. */
    TreeSet<String> operations() {
        var operations = new TreeSet<String>();
        openApi.get("paths")
                .forEachEntry((path, item) -> item.propertyNames().stream()
                        .filter(name -> !name.equals("parameters"))
                        .forEach(method -> operations.add(method.toUpperCase(Locale.ROOT) + " " + path)));
        return operations;
    }

    /** The documented answer of an operation for a status; null where there is none. */
    @Nullable
    JsonNode answer(String operation, int status) {
        String[] parts = operation.split(" ");
        JsonNode answer = openApi.get("paths")
                .path(parts[1])
                .path(parts[0].toLowerCase(Locale.ROOT))
                .path("responses")
                .path(Integer.toString(status));
        if (answer.has("$ref")) {
            answer = openApi.at(answer.get("$ref").asString().substring(1));
        }
        return answer.isMissingNode() ? null : answer;
    }

    /** What is wrong with the JSON by a schema of the pool; empty where nothing is. */
    List<String> errors(String name, String json) {
        return errors(yaml.createObjectNode().put("$ref", "#/components/schemas/" + name), json);
    }

    /** What is wrong with the JSON by a schema that may refer to the pool. */
    List<String> errors(JsonNode schema, String json) {
        return compiled
                .computeIfAbsent(schema.toString(), key -> compile(schema))
                .validate(json, InputFormat.JSON)
                .stream()
                .map(Object::toString)
                .toList();
    }

    private Schema compile(JsonNode schema) {
        ObjectNode root = yaml.createObjectNode();
        root.putArray("allOf").add(schema);
        root.putObject("components").set("schemas", pool);
        return registry.getSchema(root);
    }
}
