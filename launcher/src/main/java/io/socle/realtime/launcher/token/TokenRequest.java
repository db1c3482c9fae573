package io.socle.realtime.launcher.token;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a development token is to say.
 *
 * @param subject who it is for
 * @param publish channel filters that may be published to
 * @param subscribe channel filters that may be subscribed to
 * @param history channel filters whose past may be read; null leaves the claim out: as subscribe (clause WS-18)
 * @param delete channel filters whose messages and channels may be deleted
 * @param presence channel filters where it may enter; null leaves the claim out: as publish (clause PRS-3)
 * @param signal channel filters of rooms that may be joined
 * @param timeToLive from now until it expires, positive
 */
public record TokenRequest(
        String subject,
        List<String> publish,
        List<String> subscribe,
        @Nullable List<String> history,
        List<String> delete,
        @Nullable List<String> presence,
        List<String> signal,
        Duration timeToLive) {
    public TokenRequest {
        publish = List.copyOf(publish);
        subscribe = List.copyOf(subscribe);
        history = history == null ? null : List.copyOf(history);
        delete = List.copyOf(delete);
        signal = List.copyOf(signal);
        presence = presence == null ? null : List.copyOf(presence);
        if (timeToLive.isNegative() || timeToLive.isZero()) {
            throw new IllegalArgumentException("a token must live for some time");
        }
    }

    /** May do everything on every channel. */
    public static TokenRequest everything(String subject, Duration timeToLive) {
        return new TokenRequest(
                subject, List.of("#"), List.of("#"), null, List.of("#"), null, List.of("#"), timeToLive);
    }
}
