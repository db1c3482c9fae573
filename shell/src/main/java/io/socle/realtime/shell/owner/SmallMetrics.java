package io.socle.realtime.shell.owner;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.socle.realtime.contracts.delivery.Reply;
import io.socle.realtime.contracts.failure.FailureCode;
import java.util.EnumMap;
import java.util.Map;

/** Counts what the owners of a service do; labels are few and never name a channel. */
public final class SmallMetrics {
    private final Counter parked;
    private final Timer commands;
    private final Map<FailureCode, Counter> refused = new EnumMap<>(FailureCode.class);

    /** For a service, by the word that its names have, such as {@code presence}. */
    public SmallMetrics(MeterRegistry registry, String service) {
        parked = Counter.builder("realtime." + service + ".parked")
                .description("Records set aside because they cannot be processed.")
                .register(registry);
        commands = Timer.builder("realtime." + service + ".commands")
                .description("Processing of one command, its effects included.")
                .register(registry);
        for (FailureCode code : FailureCode.values()) {
            refused.put(
                    code,
                    Counter.builder("realtime." + service + ".refused")
                            .description("Commands refused, by failure code.")
                            .tag("code", code.code())
                            .register(registry));
        }
    }

    void replied(Reply reply) {
        if (reply instanceof Reply.Refused(var problem)) {
            Counter counter = refused.get(problem.code());
            if (counter != null) {
                counter.increment();
            }
        }
    }

    void parked() {
        parked.increment();
    }

    Timer commands() {
        return commands;
    }
}
