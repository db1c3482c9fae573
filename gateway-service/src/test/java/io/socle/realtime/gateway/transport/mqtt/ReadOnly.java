package io.socle.realtime.gateway.transport.mqtt;

import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.socle.realtime.contracts.failure.ProblemException;
import io.socle.realtime.gateway.transport.mqtt.mapping.InboundMessages;
import io.socle.realtime.gateway.transport.mqtt.packet.ConnectException;
import io.socle.realtime.gateway.transport.mqtt.packet.Packet;
import io.socle.realtime.gateway.transport.mqtt.packet.PacketException;
import io.socle.realtime.gateway.transport.mqtt.packet.PacketReader;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** A server that reads what a client sends, to the message that would be published, and writes down what each packet was. */
final class ReadOnly implements PacketChannel.Listener {
    private static final int LARGEST = 2_048;

    private final PacketReader reader = new PacketReader();
    private final List<String> outcomes = new ArrayList<>();
    private @Nullable PacketChannel channel;
    private boolean connected;
    private boolean refused;

    private ReadOnly() {}

    /** What became of a conversation whose bytes arrive in pieces of any size. */
    static List<String> outcomes(List<byte[]> packets, RandomGenerator random) {
        var server = new ReadOnly();
        var channel =
                new EmbeddedChannel(new PacketChannel(LARGEST, new Statistics("test", System::nanoTime), opened -> {
                    server.channel = opened;
                    return server;
                }));
        byte[] all = joined(packets);
        for (int from = 0; from < all.length && channel.isOpen(); ) {
            int to = Math.min(all.length, from + 1 + random.nextInt(64));
            channel.writeInbound(Unpooled.wrappedBuffer(Arrays.copyOfRange(all, from, to)));
            from = to;
        }
        channel.finishAndReleaseAll();
        return server.outcomes;
    }

    private static byte[] joined(List<byte[]> packets) {
        byte[] all = new byte[packets.stream().mapToInt(packet -> packet.length).sum()];
        int at = 0;
        for (byte[] packet : packets) {
            System.arraycopy(packet, 0, all, at, packet.length);
            at += packet.length;
        }
        return all;
    }

    @Override
    public void packet(int firstByte, byte[] body) {
        if (refused) {
            throw new IllegalStateException("a packet after the end");
        }
        try {
            outcomes.add(described(connected ? reader.read(firstByte, body) : reader.connect(firstByte, body)));
            connected = true;
        } catch (PacketException e) {
            broken(e);
        } catch (ConnectException e) {
            refuse(e.version() + " " + e.reasonCode() + " " + e.reason());
        }
    }

    private static String described(Packet packet) {
        return packet instanceof Packet.Publish publish
                ? "Publish " + publish.qos() + " " + read(publish)
                : packet.getClass().getSimpleName();
    }

    private static String read(Packet.Publish publish) {
        var content = new InboundMessages.Content(
                publish.topic(), publish.qos(), publish.retain(), publish.properties(), publish.payload());
        try {
            InboundMessages.read(content, "fresh", Instant.EPOCH);
            return publish.properties().toString();
        } catch (ProblemException e) {
            return e.problem().code().code();
        }
    }

    @Override
    public void broken(PacketException why) {
        refuse(why.reasonCode() + " " + why.reason());
    }

    private void refuse(String outcome) {
        refused = true;
        outcomes.add(outcome);
        if (channel != null) {
            channel.close();
        }
    }

    @Override
    public void writable() {}

    @Override
    public void closed() {}
}
