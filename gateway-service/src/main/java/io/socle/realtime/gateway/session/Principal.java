package io.socle.realtime.gateway.session;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Who is at the other end, as a verified token says.
 *
 * @param subject the token's {@code sub}
 * @param capabilities what it may do
 * @param expires when the token ends; null if it never does, as for the anonymous of open mode
 */
public record Principal(
        String subject, Capabilities capabilities, @Nullable Instant expires) {
    /** Everyone in open mode, which is for trials on loopback only. */
    public static final Principal ANONYMOUS = new Principal("anonymous", Capabilities.ALL, null);

    /** Whether it is the one of open mode; a token always ends. */
    public boolean isAnonymous() {
        return expires == null && subject.equals(ANONYMOUS.subject);
    }

    public boolean expiredAt(Instant now) {
        return expires != null && !now.isBefore(expires);
    }
}
