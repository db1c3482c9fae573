package io.socle.realtime.e2e.input;

import static org.assertj.core.api.Assertions.assertThat;

import io.socle.realtime.contracts.frame.ServerFrame;
import io.socle.realtime.contracts.message.Position;
import io.socle.realtime.e2e.client.HttpApi;
import io.socle.realtime.e2e.client.Selections;
import io.socle.realtime.e2e.client.Subscriber;
import io.socle.realtime.e2e.client.WsSubscriber;
import io.socle.realtime.e2e.suite.Suite;
import java.util.UUID;

/** A subscriber beside the bad ones: at the end it has everything that was published well, and nothing else. */
final class GoodSubscriber implements AutoCloseable {
    private final String channel = "good/" + UUID.randomUUID();
    private final HttpApi http;
    private final Subscriber subscriber;
    private Position last;

    GoodSubscriber(Suite suite) {
        String token = suite.tokens().everything("good");
        this.http = new HttpApi(suite, token);
        this.last = http.publish(channel, "0");
        this.subscriber = WsSubscriber.open(suite, token, Selections.channel(channel), null);
    }

    String channel() {
        return channel;
    }

    /** Publishes and receives: contiguous with what came before. */
    void assertUnharmed() {
        Position published = http.publish(channel, "{\"still\":\"well\"}");
        assertThat(published).isEqualTo(last.plus(1));
        last = published;
        assertThat(subscriber.next(ServerFrame.Message.class).message().position())
                .isEqualTo(published);
    }

    @Override
    public void close() {
        subscriber.close();
    }
}
