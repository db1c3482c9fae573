package io.socle.realtime.channel.stream;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.socle.realtime.contracts.delivery.Reply;
import io.socle.realtime.contracts.failure.FailureCode;
import java.util.EnumMap;
import java.util.Map;
import org.jboss.logging.Logger;

/** Counts what owners do; labels are few and never name a channel. */
public final class OwnerMetrics {
    private static final Logger LOG = Logger.getLogger(OwnerMetrics.class);

    private final Counter publications;
    private final Counter repeats;
    private final Counter deliveries;
    private final Counter shared;
    private final Counter sharedLost;
    private final Counter parked;
    private final Map<FailureCode, Counter> refused = new EnumMap<>(FailureCode.class);
    private final Timer commands;
    private final Timer reads;

    public OwnerMetrics(MeterRegistry registry) {
        publications = counter(registry, "realtime.channel.publications", "Messages appended to their channel.");
        repeats = counter(registry, "realtime.channel.repeats", "Publications that had been published before.");
        deliveries = counter(registry, "realtime.channel.deliveries", "Publications sent to a gateway node.");
        shared = counter(
                registry, "realtime.channel.shared", "Messages given to a member of a shared subscription, each time.");
        sharedLost = counter(
                registry,
                "realtime.channel.shared.lost",
                "Messages that history lost before any member of a shared subscription got them; at least so many.");
        parked = counter(registry, "realtime.channel.parked", "Records set aside because they cannot be processed.");
        commands = timer(registry, "realtime.channel.commands", "Processing of one command, its effects included.");
        reads = timer(registry, "realtime.channel.reads", "Processing of one read of history.");
        for (FailureCode code : FailureCode.values()) {
            refused.put(code, refusals(registry, code));
        }
    }

    private static Counter counter(MeterRegistry registry, String name, String description) {
        return Counter.builder(name).description(description).register(registry);
    }

    private static Timer timer(MeterRegistry registry, String name, String description) {
        return Timer.builder(name).description(description).register(registry);
    }

    private static Counter refusals(MeterRegistry registry, FailureCode code) {
        return Counter.builder("realtime.channel.refused")
                .description("Commands and reads refused, by failure code.")
                .tag("code", code.code())
                .register(registry);
    }

    void replied(Reply reply) {
        switch (reply) {
            case Reply.Published published -> (published.repeat() ? repeats : publications).increment();
            case Reply.Refused problem -> count(problem.problem().code());
            case Reply.Subscribed subscribed -> {}
            case Reply.Attached attached -> {}
            case Reply.SessionAttached attached -> {}
            case Reply.Joined joined -> {}
            case Reply.Done done -> {}
            case Reply.Page page -> {}
            case Reply.FilterPage page -> {}
            case Reply.RetainedPage page -> {}
            // Of owners of rooms.
            case Reply.RoomJoined joined -> {}
            case Reply.Signaled signaled -> {}
            case Reply.Servers servers -> {}
            case Reply.Ringing ringing -> {}
            case Reply.OfPresence presence -> {}
        }
    }

    private void count(FailureCode code) {
        Counter counter = refused.get(code);
        if (counter != null) {
            counter.increment();
        }
    }

    void delivered() {
        deliveries.increment();
    }

    void shared() {
        shared.increment();
    }

    /** Nobody else can be told: MQTT has no word for it. */
    void sharedLost(String group, long messages) {
        sharedLost.increment(messages);
        LOG.warnf(
                "Shared subscription %s lost at least %d messages that it was owed (clause MQT-108)", group, messages);
    }

    void parked() {
        parked.increment();
    }

    Timer commands() {
        return commands;
    }

    Timer reads() {
        return reads;
    }
}
