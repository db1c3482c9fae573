package io.socle.realtime.contracts.cloudevents;

import com.google.protobuf.UnsafeByteOperations;
import io.cloudevents.CloudEvent;
import io.cloudevents.CloudEventData;
import io.socle.realtime.contracts.failure.ProblemException;
import io.socle.realtime.contracts.frame.MessageJson;
import io.socle.realtime.contracts.json.JsonWriter;
import java.time.OffsetDateTime;
import java.util.Locale;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Writes one event in the JSON format of CloudEvents, extensions in the order of their names. */
final class EventWriter {
    private EventWriter() {}

    static void write(JsonWriter json, CloudEvent event) {
        json.beginObject()
                .field("specversion", event.getSpecVersion().toString())
                .field("id", event.getId())
                .field("source", event.getSource().toString())
                .field("type", event.getType())
                .optional("datacontenttype", event.getDataContentType())
                .optional("dataschema", event.getDataSchema())
                .optional("subject", event.getSubject());
        OffsetDateTime time = event.getTime();
        if (time != null) {
            json.field("time", time.toInstant());
        }
        for (String name : new TreeSet<>(event.getExtensionNames())) {
            extension(json, name, event.getExtension(name));
        }
        CloudEventData data = event.getData();
        if (data != null) {
            data(json, event.getDataContentType(), data.toBytes());
        }
        json.endObject();
    }

    private static void extension(JsonWriter json, String name, @Nullable Object value) {
        switch (value) {
            case null -> {}
            case Boolean flag -> json.field(name, flag);
            case Integer number -> json.field(name, number);
            default -> json.field(name, CloudEvents.canonical(value));
        }
    }

    /** JSON as it is, text as a string, anything else as base64 (CloudEvents JSON format section 3.1). */
    private static void data(JsonWriter json, @Nullable String contentType, byte[] data) {
        if (isJson(contentType) && isJsonText(data)) {
            json.key("data").raw(data);
        } else if (isText(contentType) && UnsafeByteOperations.unsafeWrap(data).isValidUtf8()) {
            json.key("data").utf8String(data);
        } else {
            json.key("data_base64").base64(data);
        }
    }

    static boolean isJson(@Nullable String contentType) {
        if (contentType == null) {
            return false;
        }
        String type = mediaType(contentType);
        return type.endsWith("/json") || type.endsWith("+json");
    }

    static boolean isText(@Nullable String contentType) {
        return contentType != null
                && !isJson(contentType)
                && mediaType(contentType).startsWith("text/");
    }

    private static String mediaType(String contentType) {
        int parameters = contentType.indexOf(';');
        String type = parameters < 0 ? contentType : contentType.substring(0, parameters);
        return type.strip().toLowerCase(Locale.ROOT);
    }

    private static boolean isJsonText(byte[] data) {
        try {
            MessageJson.requireJson(data);
            return true;
        } catch (ProblemException e) {
            return false;
        }
    }
}
