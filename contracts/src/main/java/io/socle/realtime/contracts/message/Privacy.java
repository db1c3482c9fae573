package io.socle.realtime.contracts.message;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who may receive a message and what may be kept of it.
 *
 * @param receivers subjects that may receive it; empty means every subscriber of the channel
 * @param store whether history may keep it; a message that is not stored still crosses the transit topics
 * @param audit how much of it an audit trail may hold
 * @param encryption the end-to-end scheme that the data is encrypted with, for the receiver; the suite never decrypts
 */
public record Privacy(
        List<String> receivers,
        boolean store,
        Audit audit,
        @Nullable String encryption) {
    /** Everyone on the channel, stored, audited whole, not encrypted end to end. */
    public static final Privacy PUBLIC = new Privacy(List.of(), true, Audit.FULL, null);

    /** How much of a message an audit trail may hold. */
    public enum Audit {
        FULL,
        METADATA,
        NONE
    }

    public Privacy {
        receivers = List.copyOf(receivers);
        if (receivers.size() > Limits.PRIVATE_RECEIVERS) {
            throw new InvalidValueException("privacy.receivers", "names more than " + Limits.PRIVATE_RECEIVERS);
        }
        receivers.forEach(receiver -> Checks.identifier(receiver, "privacy.receivers"));
        Checks.optionalAttribute(encryption, "privacy.encryption");
    }

    public boolean mayReceive(String subject) {
        return receivers.isEmpty() || receivers.contains(subject);
    }
}
