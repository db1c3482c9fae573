package io.socle.realtime.channel.core;

import io.socle.realtime.contracts.command.SessionWill;

/**
 * A will until it is published.
 *
 * @param again when it is sent again, in milliseconds; 0 before it is sent
 */
public record StoredWill(SessionWill will, long again) {}
