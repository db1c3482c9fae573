package io.socle.realtime.gateway.transport.mqtt.packet;

import io.socle.realtime.contracts.message.Payload;

/** Writes properties (MQTT 5 section 2.2.2). */
final class PropertyWriter {
    private PropertyWriter() {}

    /** The properties with their length before them. */
    static void write(Properties properties, ByteWriter to) {
        ByteWriter body = body(properties);
        to.variable(body.size()).raw(body);
    }

    /** The properties alone. */
    static ByteWriter body(Properties properties) {
        ByteWriter bytes = new ByteWriter(64);
        properties.values().forEach((property, value) -> one(property, value, bytes));
        for (int subscription : properties.subscriptions()) {
            bytes.variable(Property.SUBSCRIPTION_IDENTIFIER.id()).variable(subscription);
        }
        for (Properties.UserProperty user : properties.user()) {
            bytes.variable(Property.USER_PROPERTY.id()).text(user.name()).text(user.value());
        }
        return bytes;
    }

    private static void one(Property property, Object value, ByteWriter bytes) {
        bytes.variable(property.id());
        switch (value) {
            case String text -> bytes.text(text);
            case Payload payload -> bytes.binary(payload);
            case Long number -> number(property, number, bytes);
            default -> throw new IllegalStateException("no value of a property: " + value.getClass());
        }
    }

    private static void number(Property property, long number, ByteWriter bytes) {
        switch (property.form()) {
            case FLAG -> bytes.oneByte((int) number);
            case SHORT -> bytes.twoBytes((int) number);
            case INT -> bytes.fourBytes(number);
            case VARIABLE -> bytes.variable((int) number);
            case TEXT, BINARY, PAIR -> throw new IllegalStateException("not a number: " + property);
        }
    }
}
