package io.socle.realtime.gateway.transport.mqtt.flow;

import io.socle.realtime.contracts.command.SharedName;
import io.socle.realtime.contracts.message.ChannelFilter;
import io.socle.realtime.contracts.message.ChannelName;
import io.socle.realtime.contracts.message.Payload;
import io.socle.realtime.contracts.message.Position;
import io.socle.realtime.gateway.transport.mqtt.packet.Packet;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * What a session remembers as entries: a key of one letter and a name, and a value that begins with its form's number, so
 * that a later release can read what an earlier one wrote.
 */
final class Entries {
    static final char SUBSCRIPTION = 's';
    /** A shared subscription, by its whole filter. */
    static final char SHARED = 'h';

    static final char OUTBOUND = 'o';
    static final char INBOUND = 'i';
    /** The session's id; it has no name. */
    static final char ID = 'n';

    private static final int FORM = 1;

    private Entries() {}

    /** A publish of the client of QoS 2, until it is done. */
    record Inbound(String messageId, boolean decided) {}

    /** A message of QoS 1 or 2 on its way to the client, by the number of what is awaited. */
    record Outbound(int awaited, OutboundFlow.Sent sent) {}

    private interface Writing {
        void write(DataOutputStream out) throws IOException;
    }

    private interface Reading<T> {
        T read(DataInputStream in) throws IOException;
    }

    private static Payload payload(Writing writing) {
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream(64);
            DataOutputStream out = new DataOutputStream(bytes);
            out.writeByte(FORM);
            writing.write(out);
            return Payload.of(bytes.toByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static <T> T read(Payload value, Reading<T> reading) {
        try {
            DataInputStream in = new DataInputStream(new ByteArrayInputStream(value.bytes()));
            if (in.readByte() != FORM) {
                throw new IllegalArgumentException("an entry of a form that this version lacks");
            }
            return reading.read(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Payload subscription(Subscriptions.Entry entry, String cursor) {
        Packet.Request options = entry.options();
        return payload(out -> {
            out.writeByte(options.qos());
            out.writeBoolean(options.noLocal());
            out.writeBoolean(options.retainAsPublished());
            out.writeByte(options.retainHandling());
            out.writeInt(entry.identifier());
            out.writeUTF(cursor);
        });
    }

    static Subscriptions.Standing subscription(String filter, Payload value) {
        return subscription(filter, new ChannelFilter(filter), value);
    }

    static Subscriptions.Entry shared(String filter, Payload value) {
        return subscription(filter, SharedName.parse(filter).filter(), value).entry();
    }

    private static Subscriptions.Standing subscription(String asked, ChannelFilter filter, Payload value) {
        return read(value, in -> {
            var options = new Packet.Request(asked, in.readByte(), in.readBoolean(), in.readBoolean(), in.readByte());
            var entry = new Subscriptions.Entry(filter, options, in.readInt());
            return new Subscriptions.Standing(entry, in.readUTF());
        });
    }

    static Payload outbound(int awaited, OutboundFlow.Sent sent) {
        return payload(out -> {
            out.writeByte(awaited);
            out.writeByte(sent.qos());
            out.writeBoolean(sent.retain());
            out.writeLong(sent.order());
            out.writeUTF(sent.channel().value());
            out.writeLong(sent.position().epoch());
            out.writeLong(sent.position().offset());
            out.writeInt(sent.identifiers().size());
            for (int identifier : sent.identifiers()) {
                out.writeInt(identifier);
            }
        });
    }

    static Outbound outbound(Payload value) {
        return read(value, in -> {
            int awaited = in.readByte();
            int qos = in.readByte();
            boolean retain = in.readBoolean();
            long order = in.readLong();
            ChannelName channel = new ChannelName(in.readUTF());
            Position position = new Position(in.readLong(), in.readLong());
            List<Integer> identifiers = new ArrayList<>();
            for (int left = in.readInt(); left > 0; left--) {
                identifiers.add(in.readInt());
            }
            return new Outbound(awaited, new OutboundFlow.Sent(order, channel, position, qos, retain, identifiers));
        });
    }

    static Payload inbound(String messageId, boolean decided) {
        return payload(out -> {
            out.writeBoolean(decided);
            out.writeUTF(messageId);
        });
    }

    static Inbound inbound(Payload value) {
        return read(value, in -> {
            boolean decided = in.readBoolean();
            return new Inbound(in.readUTF(), decided);
        });
    }
}
