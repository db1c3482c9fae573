package io.socle.realtime.gateway.transport.http;

import io.socle.realtime.contracts.failure.FailureCode;
import io.socle.realtime.contracts.failure.ProblemException;
import io.socle.realtime.contracts.message.ChannelName;
import io.socle.realtime.contracts.message.InvalidValueException;

/** Channel names in paths. */
final class Channels {
    private Channels() {}

    /** Throws ProblemException with {@code invalid_channel} where it is none. */
    static ChannelName parse(String path) {
        try {
            return new ChannelName(path);
        } catch (InvalidValueException e) {
            throw new ProblemException(FailureCode.INVALID_CHANNEL, e.getMessage());
        }
    }
}
