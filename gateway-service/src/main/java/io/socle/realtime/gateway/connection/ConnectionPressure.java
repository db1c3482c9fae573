package io.socle.realtime.gateway.connection;

import io.socle.realtime.contracts.frame.ServerFrame;
import io.socle.realtime.gateway.pressure.Pressure;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What one connection is told of lag where it published (clause FLO-8). A client knows nothing of partitions: it is told
 * when the first of those that it published to begins to lag, and when none of them does any more. Confined to its event
 * loop.
 */
final class ConnectionPressure {
    private final Pressure pressure;
    private final Set<Integer> published = new HashSet<>(2);
    private boolean told;

    ConnectionPressure(Pressure pressure) {
        this.pressure = pressure;
    }

    /** The connection publishes to a partition; returns what is to be told. */
    @Nullable
    ServerFrame published(int partition) {
        return published.add(partition) ? changed() : null;
    }

    /** Some partition began or ceased to lag; returns what is to be told. */
    @Nullable
    ServerFrame changed() {
        boolean lags = published.stream().anyMatch(pressure.lagging()::contains);
        if (lags == told) {
            return null;
        }
        told = lags;
        Pressure.Outlook outlook = pressure.outlook(published);
        Duration retryAfter = lags ? outlook.retryAfter() : null;
        return new ServerFrame.Backpressure(
                lags ? ServerFrame.BackpressureState.ON : ServerFrame.BackpressureState.OFF,
                outlook.lag().toMillis(),
                retryAfter == null ? null : retryAfter.toMillis());
    }
}
