package io.socle.realtime.contracts.command;

import io.socle.realtime.contracts.message.RealtimeMessage;
import org.jspecify.annotations.Nullable;

/**
 * What is to be published when a client goes without a word (MQTT 5 section 3.1.2.5).
 *
 * @param message as it will be published, under an id that no other message has
 * @param delayMs how long to wait for the client before; ends early when the session does
 * @param expiresAfterMs life of the message, counted from when it is published; null where its own expiry holds
 */
public record SessionWill(
        RealtimeMessage message, long delayMs, @Nullable Long expiresAfterMs) {}
