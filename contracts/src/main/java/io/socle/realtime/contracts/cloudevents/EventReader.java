package io.socle.realtime.contracts.cloudevents;

import io.cloudevents.CloudEvent;
import io.cloudevents.CloudEventData;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.cloudevents.core.data.BytesCloudEventData;
import io.cloudevents.rw.CloudEventDataMapper;
import io.cloudevents.rw.CloudEventRWException;
import io.socle.realtime.contracts.failure.FailureCode;
import io.socle.realtime.contracts.failure.ProblemException;
import io.socle.realtime.contracts.json.Json;
import io.socle.realtime.contracts.json.JsonReader;
import io.socle.realtime.contracts.message.RealtimeMessage;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Builds one event from its JSON; every method throws ProblemException. */
final class EventReader {
    private EventReader() {}

    static CloudEvent event(Json.Fields fields, CloudEventDataMapper<? extends CloudEventData> mapper) {
        try {
            return build(fields.values(), mapper);
        } catch (CloudEventRWException | IllegalStateException | IllegalArgumentException e) {
            throw new ProblemException(FailureCode.INVALID_VALUE, "the CloudEvent breaks a rule of CloudEvents 1.0");
        }
    }

    private static CloudEvent build(Map<String, Json> values, CloudEventDataMapper<? extends CloudEventData> mapper) {
        if (!new Json.Text("1.0").equals(values.get("specversion"))) {
            throw new ProblemException(FailureCode.INVALID_VALUE, "specversion must be \"1.0\"");
        }
        for (String name : new String[] {"id", "source", "type"}) {
            if (!values.containsKey(name)) {
                throw new ProblemException(FailureCode.MISSING_FIELD, name + " is missing");
            }
        }
        CloudEventBuilder event = CloudEventBuilder.v1();
        values.forEach((name, value) -> attribute(event, name, value));
        byte[] data = data(values);
        if (data != null) {
            event.withDataContentType(contentType(values)).withData(mapper.map(BytesCloudEventData.wrap(data)));
        }
        return event.build();
    }

    private static void attribute(CloudEventBuilder event, String name, Json value) {
        if (name.equals("specversion") || name.equals("data") || name.equals("data_base64")) {
            return;
        }
        switch (value) {
            case Json.Text(String text) -> event.withContextAttribute(name, text);
            case Json.Flag(boolean flag) -> event.withExtension(extension(name), flag);
            case Json.Whole(long number)
            when number == (int) number -> event.withExtension(extension(name), (Integer) (int) number);
            // The same as absent (CloudEvents JSON format section 2.2).
            case Json.Null absent -> {}
            default -> throw notAnAttribute(name);
        }
    }

    private static String extension(String name) {
        return switch (name) {
            case "id", "source", "type", "datacontenttype", "dataschema", "subject", "time" ->
                throw notAnAttribute(name);
            default -> name;
        };
    }

    private static ProblemException notAnAttribute(String name) {
        return new ProblemException(
                FailureCode.INVALID_VALUE, JsonReader.quoted(name) + " is not a value that an attribute can have");
    }

    /** Data without a content type is JSON; in base64 it is of no known type. */
    private static @Nullable String contentType(Map<String, Json> values) {
        if (values.get("datacontenttype") instanceof Json.Text(String type)) {
            return type;
        }
        return values.containsKey("data") ? RealtimeMessage.JSON : null;
    }

    private static byte @Nullable [] data(Map<String, Json> values) {
        Json base64 = values.get("data_base64");
        if (base64 instanceof Json.Text(String text)) {
            if (values.containsKey("data")) {
                throw new ProblemException(FailureCode.INVALID_VALUE, "data and data_base64 exclude each other");
            }
            return decoded(text);
        }
        if (base64 != null) {
            throw new ProblemException(FailureCode.MALFORMED_FRAME, "data_base64 must be a string");
        }
        if (!(values.get("data") instanceof Json.Raw(byte[] bytes))) {
            return null;
        }
        String contentType = contentType(values);
        return EventWriter.isJson(contentType) ? bytes : text(bytes);
    }

    private static byte[] decoded(String text) {
        try {
            return Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw new ProblemException(FailureCode.INVALID_DATA, "data_base64 is not base64");
        }
    }

    /** A string that is not to be JSON is its text; any other JSON value stays its own bytes. */
    private static byte[] text(byte[] json) {
        Optional<String> text = JsonReader.stringOf(json);
        if (text.isEmpty()) {
            return json;
        }
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(text.get())) {
            throw new ProblemException(FailureCode.INVALID_DATA, "data contains an unpaired surrogate");
        }
        return text.get().getBytes(StandardCharsets.UTF_8);
    }
}
