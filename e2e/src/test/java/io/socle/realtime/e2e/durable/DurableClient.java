package io.socle.realtime.e2e.durable;

import static org.assertj.core.api.Assertions.assertThat;

import io.socle.realtime.contracts.frame.ClientFrame;
import io.socle.realtime.contracts.frame.Overflow;
import io.socle.realtime.contracts.frame.ServerFrame;
import io.socle.realtime.contracts.message.Position;
import io.socle.realtime.contracts.message.Qos;
import io.socle.realtime.e2e.client.Selections;
import io.socle.realtime.e2e.client.WsClient;
import io.socle.realtime.e2e.suite.Suite;
import java.util.ArrayList;
import java.util.List;

/** A WebSocket client with one durable subscription. */
final class DurableClient implements AutoCloseable {
    final WsClient client;

    DurableClient(Suite suite, String token) {
        this.client = WsClient.connect(suite, token);
    }

    ServerFrame.Subscribed subscribe(String channel) {
        client.send(new ClientFrame.Subscribe(
                client.nextId(),
                "s",
                Selections.channel(channel),
                null,
                Qos.AT_LEAST_ONCE,
                Overflow.RECOVER,
                4096,
                "billing"));
        return client.next(ServerFrame.Subscribed.class);
    }

    void unsubscribe(boolean delete) {
        client.send(new ClientFrame.Unsubscribe(client.nextId(), "s", delete));
        client.next(ServerFrame.Unsubscribed.class);
    }

    void ack(Position position) {
        client.send(new ClientFrame.Ack("s", position.toString()));
    }

    ServerFrame.CaughtUp caughtUp() {
        return client.next(ServerFrame.CaughtUp.class);
    }

    /** Takes the messages with these numbers, and nothing else; answers their positions. */
    List<Position> expect(int from, int to, boolean redelivered) {
        List<Position> positions = new ArrayList<>();
        for (int n = from; n < to; n++) {
            var frame = client.next(ServerFrame.Message.class);
            assertThat(frame.message().data().utf8()).isEqualTo("{\"n\":" + n + "}");
            assertThat(frame.redelivered()).as("redelivered, of %d", n).isEqualTo(redelivered);
            positions.add(position(frame));
        }
        return positions;
    }

    private static Position position(ServerFrame.Message frame) {
        Position position = frame.message().position();
        if (position == null) {
            throw new AssertionError("a message without position");
        }
        return position;
    }

    @Override
    public void close() {
        client.close();
    }
}
