package io.socle.realtime.gateway.ephemeral;

import io.socle.realtime.contracts.message.RealtimeMessage;
import io.socle.realtime.gateway.log.DeliverySink;
import io.socle.realtime.gateway.log.Incoming;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Executor;

/** One event loop that writes down what it takes. */
final class RecordingSink implements DeliverySink {
    final List<RealtimeMessage> messages = new ArrayList<>();
    int batches;
    private final Executor loop;

    RecordingSink(Executor loop) {
        this.loop = loop;
    }

    @Override
    public Collection<Executor> loops() {
        return List.of(loop);
    }

    @Override
    public void accept(Executor on, List<Incoming> batch) {
        batches++;
        batch.forEach(incoming ->
                messages.add(((Incoming.Ephemeral) incoming).message().message()));
    }

    @Override
    public void resync() {}

    @Override
    public void resync(int partition) {}
}
