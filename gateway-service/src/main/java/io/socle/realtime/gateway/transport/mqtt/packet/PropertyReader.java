package io.socle.realtime.gateway.transport.mqtt.packet;

/** Reads the properties of a packet (MQTT 5 section 2.2.2). */
final class PropertyReader {
    private PropertyReader() {}

    /** Throws PacketException where one is unknown, not valid in this packet, given twice, or has a value out of range. */
    static Properties read(ByteReader from, PacketType packet) {
        ByteReader bytes = from.slice(from.variable());
        if (bytes.remaining() == 0) {
            return Properties.NONE;
        }
        Properties.Builder properties = Properties.builder();
        while (bytes.remaining() > 0) {
            one(bytes, packet, properties);
        }
        return properties.build();
    }

    private static void one(ByteReader bytes, PacketType packet, Properties.Builder into) {
        Property property = Property.of(bytes.variable());
        if (property == null || !property.isValidIn(packet)) {
            throw PacketException.malformed("a property that this packet cannot have");
        }
        if (!property.mayRepeat() && into.has(property)) {
            throw PacketException.violation("the property " + property + " is given twice");
        }
        switch (property.form()) {
            case FLAG -> into.number(property, checked(property, bytes.oneByte()));
            case SHORT -> into.number(property, checked(property, bytes.twoBytes()));
            case INT -> into.number(property, checked(property, bytes.fourBytes()));
            case VARIABLE -> into.subscription((int) checked(property, bytes.variable()));
            case TEXT -> into.text(property, bytes.text());
            case BINARY -> into.binary(property, bytes.binary());
            case PAIR -> into.user(bytes.text(), bytes.text());
        }
    }

    private static long checked(Property property, long value) {
        if (property.form() == Property.Form.FLAG && value > 1) {
            throw PacketException.violation("the property " + property + " must be 0 or 1");
        }
        if (value == 0) {
            refuseZero(property);
        }
        return value;
    }

    private static void refuseZero(Property property) {
        switch (property) {
            case RECEIVE_MAXIMUM, MAXIMUM_PACKET_SIZE, SUBSCRIPTION_IDENTIFIER ->
                throw PacketException.violation("the property " + property + " must not be 0");
            case TOPIC_ALIAS -> throw new PacketException(ReasonCode.TOPIC_ALIAS_INVALID, "a topic alias of 0");
            default -> {}
        }
    }
}
