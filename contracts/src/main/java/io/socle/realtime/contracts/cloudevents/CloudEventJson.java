package io.socle.realtime.contracts.cloudevents;

import io.cloudevents.CloudEvent;
import io.cloudevents.CloudEventData;
import io.cloudevents.core.format.EventDeserializationException;
import io.cloudevents.core.format.EventFormat;
import io.cloudevents.rw.CloudEventDataMapper;
import io.socle.realtime.contracts.failure.FailureCode;
import io.socle.realtime.contracts.failure.ProblemException;
import io.socle.realtime.contracts.json.Json;
import io.socle.realtime.contracts.json.JsonReader;
import io.socle.realtime.contracts.json.JsonWriter;
import io.socle.realtime.contracts.json.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The JSON format of CloudEvents and its batch form, as a format of the SDK. The SDK's own one reads JSON data into a tree
 * and writes it anew; this one keeps data byte for byte (clause CE-5). Safe for any thread.
 */
public final class CloudEventJson implements EventFormat {
    public static final String CONTENT_TYPE = "application/cloudevents+json";
    public static final String BATCH_CONTENT_TYPE = "application/cloudevents-batch+json";

    private static final int TYPICAL = 512;

    @Override
    public String serializedContentType() {
        return CONTENT_TYPE;
    }

    @Override
    public byte[] serialize(CloudEvent event) {
        JsonWriter json = new JsonWriter(TYPICAL);
        EventWriter.write(json, event);
        return json.toBytes();
    }

    /** Throws EventDeserializationException, whose cause is a ProblemException. */
    @Override
    public CloudEvent deserialize(byte[] bytes, CloudEventDataMapper<? extends CloudEventData> mapper) {
        try {
            return EventReader.event(new JsonReader(bytes).readObject(Shape.MESSAGE), mapper);
        } catch (ProblemException e) {
            throw new EventDeserializationException(e);
        }
    }

    /** One structured event; throws ProblemException. */
    public static CloudEvent read(byte[] bytes) {
        return EventReader.event(new JsonReader(bytes).readObject(Shape.MESSAGE), CloudEventDataMapper.identity());
    }

    /**
     * Events in order; throws ProblemException, also where one of them is wrong.
     *
     * @param most events that are accepted; more are refused as batch_too_large
     */
    public static List<CloudEvent> readBatch(byte[] bytes, int most) {
        List<Json> items = new JsonReader(bytes).readArray(Shape.MESSAGE).values();
        if (items.size() > most) {
            throw new ProblemException(FailureCode.BATCH_TOO_LARGE, "more than " + most + " events");
        }
        List<CloudEvent> events = new ArrayList<>();
        for (Json item : items) {
            if (!(item instanceof Json.Fields(Map<String, Json> values))) {
                throw new ProblemException(FailureCode.MALFORMED_FRAME, "a batch is an array of objects");
            }
            events.add(EventReader.event(new Json.Fields(values), CloudEventDataMapper.identity()));
        }
        return events;
    }

    public static byte[] writeBatch(List<CloudEvent> events) {
        JsonWriter json = new JsonWriter(TYPICAL * Math.max(1, events.size()));
        json.elements(events, event -> EventWriter.write(json, event));
        return json.toBytes();
    }
}
