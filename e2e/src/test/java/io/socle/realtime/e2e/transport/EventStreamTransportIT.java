package io.socle.realtime.e2e.transport;

import io.socle.realtime.contracts.frame.Selection;
import io.socle.realtime.contracts.frame.Since;
import io.socle.realtime.e2e.client.SseClient;
import io.socle.realtime.e2e.client.Subscriber;
import io.socle.realtime.e2e.suite.Suite;
import org.jspecify.annotations.Nullable;

/** The contract over server-sent events. */
class EventStreamTransportIT extends TransportContract {
    EventStreamTransportIT(Suite suite) {
        super(suite);
    }

    @Override
    Subscriber open(String token, Selection selection, @Nullable Since since) {
        return SseClient.open(suite(), token, selection, since);
    }
}
