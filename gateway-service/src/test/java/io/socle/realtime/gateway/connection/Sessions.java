package io.socle.realtime.gateway.connection;

import io.socle.realtime.contracts.delivery.Reply;
import io.socle.realtime.contracts.failure.FailureCode;
import io.socle.realtime.contracts.failure.Problem;
import io.socle.realtime.contracts.frame.ClientFrame;
import io.socle.realtime.gateway.session.Capabilities;
import io.socle.realtime.gateway.session.Principal;
import io.socle.realtime.gateway.session.Session;
import io.socle.realtime.gateway.session.SessionLimits;
import java.time.Duration;
import java.time.Instant;

/** What tests of connections have alike. */
final class Sessions {
    static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private Sessions() {}

    /** A session of alice that is connected. */
    static Session connected(Capabilities capabilities) {
        var who = new Principal("alice", capabilities, NOW.plusSeconds(60));
        var limits = new SessionLimits(1000, 100, 2, 20, 2, 20, Duration.ofSeconds(10), Duration.ofSeconds(15));
        Session session = new Session("c", limits, who, NOW);
        session.receive(new ClientFrame.Connect(1, null), "fresh", NOW);
        return session;
    }

    static Reply refused(FailureCode code) {
        return new Reply.Refused(Problem.of(code));
    }
}
