package io.socle.realtime.e2e.pairs;

import io.socle.realtime.contracts.frame.ServerFrame;
import io.socle.realtime.e2e.client.HttpApi;
import io.socle.realtime.e2e.client.Selections;
import io.socle.realtime.e2e.client.SseClient;
import io.socle.realtime.e2e.client.Subscriber;
import io.socle.realtime.e2e.client.WsClient;
import io.socle.realtime.e2e.client.WsSubscriber;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** WebSocket, server-sent events and HTTP. */
final class Own implements Reader {
    private final List<String> texts = new CopyOnWriteArrayList<>();
    private final Subscriber subscriber;
    private volatile boolean closed;

    private Own(Subscriber subscriber) {
        this.subscriber = subscriber;
        Thread.ofVirtual().start(this::read);
    }

    static Reader webSocket(Place at) {
        return new Own(WsSubscriber.open(at.here(), at.token(), Selections.channel(at.channel()), null));
    }

    static Reader events(Place at) {
        return new Own(SseClient.open(at.here(), at.token(), Selections.channel(at.channel()), null));
    }

    private void read() {
        try {
            while (!closed) {
                if (subscriber.next(Duration.ofMinutes(2)) instanceof ServerFrame.Message message) {
                    texts.add(message.message().data().utf8());
                }
            }
        } catch (AssertionError e) {
            // The test has closed it; where it ended by itself, that stands among what came and so fails the test.
            if (!closed) {
                texts.add("ended: " + e.getMessage());
            }
        }
    }

    static Writer http(Place at) {
        var http = new HttpApi(at.here(), at.token());
        return texts -> texts.forEach(text -> http.publish(at.channel(), text, "rt-qos", Integer.toString(at.qos())));
    }

    /** Waits for each answer only when all are sent, so that the connection keeps the order. */
    static Writer webSocketWriter(Place at) {
        return texts -> {
            try (var client = WsClient.connect(at.here(), at.token())) {
                for (String text : texts) {
                    client.send(
                            "{\"type\":\"publish\",\"id\":%d,\"message\":{\"channel\":\"%s\",\"qos\":%d,\"data\":%s}}"
                                    .formatted(client.nextId(), at.channel(), at.qos(), text));
                }
                for (int n = 0; n < texts.size(); n++) {
                    client.next(ServerFrame.Published.class);
                }
            }
        };
    }

    @Override
    public List<String> texts() {
        return texts;
    }

    @Override
    public void close() throws Exception {
        closed = true;
        subscriber.close();
    }
}
