package io.socle.realtime.gateway.connection;

import io.socle.realtime.contracts.command.SharedMember;
import io.socle.realtime.contracts.command.SharedName;
import io.socle.realtime.contracts.failure.FailureCode;
import io.socle.realtime.contracts.failure.Problem;
import io.socle.realtime.gateway.ephemeral.EphemeralNamespaces;
import io.socle.realtime.gateway.hub.Hubs;
import io.socle.realtime.gateway.log.Owners;
import io.socle.realtime.gateway.session.Permissions;
import io.socle.realtime.gateway.session.Principal;
import io.socle.realtime.gateway.transport.spi.SharedSubscriptions;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** Shared subscriptions on the log: whoever may subscribe to the filter may take part. */
public final class LogShared implements SharedSubscriptions {
    private static final Membership NONE = new Membership() {
        @Override
        public void change(Terms terms) {
            // There is none.
        }

        @Override
        public void end(long keepMs) {
            // There is none.
        }
    };

    private final Owners owners;
    private final Hubs hubs;
    private final EphemeralNamespaces ephemeral;

    public LogShared(Owners owners, Hubs hubs, EphemeralNamespaces ephemeral) {
        this.owners = owners;
        this.hubs = hubs;
        this.ephemeral = ephemeral;
    }

    @Override
    public Membership join(Principal who, SharedName of, String client, Terms terms, Executor loop, Receiver receiver) {
        Problem refusal = refusal(who, of);
        if (refusal != null) {
            receiver.failed(refusal);
            return NONE;
        }
        return hubs.of(loop).shared().join(of, new SharedMember(who.subject(), client), terms, receiver);
    }

    private @Nullable Problem refusal(Principal who, SharedName of) {
        Problem refusal = Permissions.subscribe(who, of.filter(), false);
        if (refusal == null && ephemeral.contains(of.filter())) {
            return new Problem(FailureCode.EPHEMERAL_CHANNEL, "a shared subscription is served from history");
        }
        return refusal == null && !owners.isReady() ? Problem.of(FailureCode.UNAVAILABLE) : refusal;
    }
}
