package io.socle.realtime.gateway.session;

import io.socle.realtime.contracts.message.ChannelFilter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether those without a token are let in, for trials on loopback only (clause SEC-7).
 *
 * @param isOpen whether everybody without a token is the anonymous
 * @param denied what in open mode nobody may publish to or subscribe to, with or without a token
 */
public record OpenMode(boolean isOpen, List<ChannelFilter> denied) {
    public OpenMode {
        denied = isOpen ? List.copyOf(denied) : List.of();
    }

    /** Who comes without a token; null where nobody may. */
    public @Nullable Principal anonymous() {
        return isOpen ? limit(Principal.ANONYMOUS) : null;
    }

    /** The same principal, but for what is denied: so nothing is published there that a wider filter would bring. */
    public Principal limit(Principal who) {
        return denied.isEmpty()
                ? who
                : new Principal(who.subject(), who.capabilities().without(denied), who.expires());
    }
}
