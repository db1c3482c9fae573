package io.socle.realtime.e2e.client;

import io.socle.realtime.contracts.frame.ClientFrame;
import io.socle.realtime.contracts.frame.Overflow;
import io.socle.realtime.contracts.frame.Selection;
import io.socle.realtime.contracts.frame.ServerFrame;
import io.socle.realtime.contracts.frame.Since;
import io.socle.realtime.contracts.message.Qos;
import io.socle.realtime.e2e.suite.Suite;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** One subscription on a WebSocket of its own. */
public final class WsSubscriber implements Subscriber {
    private final WsClient client;
    private final boolean filter;
    private String cursor = "";

    private WsSubscriber(WsClient client, boolean filter) {
        this.client = client;
        this.filter = filter;
    }

    /** Subscribes; throws RefusedException where the server answers a problem. */
    public static WsSubscriber open(Suite suite, String token, Selection selection, @Nullable Since since) {
        var client = WsClient.connect(suite, token);
        client.send(new ClientFrame.Subscribe(2, "s", selection, since, Qos.AT_LEAST_ONCE, Overflow.RECOVER, null));
        var subscriber = new WsSubscriber(client, selection instanceof Selection.Matching);
        if (subscriber.next() instanceof ServerFrame.ProblemFrame problem) {
            client.close();
            throw new RefusedException(problem.problem().code().code());
        }
        return subscriber;
    }

    @Override
    public ServerFrame next(Duration limit) {
        ServerFrame frame = client.next(limit);
        String after = Cursors.after(frame, filter);
        if (after != null) {
            cursor = after;
        }
        return frame;
    }

    @Override
    public String cursor() {
        return cursor;
    }

    @Override
    public void pause() {
        client.pause();
    }

    @Override
    public void resume() {
        client.resume();
    }

    @Override
    public void close() {
        client.close();
    }
}
