package io.socle.realtime.gateway.transport.mqtt;

import io.socle.realtime.contracts.message.RealtimeMessage;
import io.socle.realtime.gateway.transport.mqtt.flow.ClientSession;
import io.socle.realtime.gateway.transport.mqtt.flow.OutboundFlow.Unfinished;
import io.socle.realtime.gateway.transport.mqtt.packet.Packet;
import io.socle.realtime.gateway.transport.mqtt.packet.PacketType;
import io.socle.realtime.gateway.transport.mqtt.packet.ReasonCode;
import io.socle.realtime.gateway.transport.spi.ClientSessions;
import io.socle.realtime.gateway.transport.spi.SharedMessage;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;

/**
 * A session goes on over a new connection (MQTT 5 section 4.4): first what was under way, under its old packet
 * identifiers, then what came since, then what comes. Messages are read from history, within the window. Confined to the
 * client's event loop.
 */
final class Resuming {
    private static final long RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private final Client client;
    private final ClientSession session;
    private final ClientSessions history;
    private final Delivering delivering;
    private final Runnable done;
    private final ArrayDeque<Unfinished> left = new ArrayDeque<>();
    private boolean under = true;
    private boolean reading;
    private boolean closed;

    /**
     * Makes it.
     *
     * @param done run once when all that was under way is
     */
    Resuming(Client client, ClientSessions history, Delivering delivering, Runnable done) {
        this.client = client;
        this.session = client.session();
        this.history = history;
        this.delivering = delivering;
        this.done = done;
    }

    /** Whether nothing new may be sent yet. */
    boolean isUnderWay() {
        return under;
    }

    void close() {
        closed = true;
        left.clear();
    }

    void begin() {
        for (Unfinished one : session.outbound().unfinished()) {
            if (one.received()) {
                client.send(new Packet.Acknowledgement(PacketType.PUBREL, one.packetId(), ReasonCode.SUCCESS));
            } else {
                left.add(one);
            }
        }
        proceed();
    }

    /** Goes on, as far as the window and the socket allow. */
    void proceed() {
        if (!under || closed || reading) {
            return;
        }
        if (left.isEmpty()) {
            under = false;
            done.run();
        } else if (delivering.isOpen()) {
            read(left.peek());
        }
    }

    private void read(Unfinished one) {
        reading = true;
        history.find(
                one.sent().channel(),
                one.sent().position(),
                client.principal().subject(),
                client.channel().loop(),
                found -> {
                    reading = false;
                    if (closed) {
                        return;
                    }
                    if (found.known()) {
                        left.remove();
                        found(one, found);
                        proceed();
                        client.channel().flush();
                    } else {
                        client.channel().later(RETRY_NANOS, this::proceed);
                    }
                });
    }

    private void found(Unfinished one, ClientSessions.Found found) {
        RealtimeMessage message = found.message();
        if (message != null && delivering.again(one, new SharedMessage(message))) {
            return;
        }
        Packet.Acknowledgement release = session.outbound().vanished(one.packetId());
        if (release != null) {
            session.journal().whenSaved(() -> client.send(release));
        }
    }
}
