package io.socle.realtime.gateway.connection;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Ids for connections, and for messages whose publisher gave none: a random start per process and a counter, unique
 * and cheap. They are no UUIDs, so the rule for stale UUIDv7 ids never meets them.
 */
public final class MessageIds {
    private final String process;
    private final AtomicLong last = new AtomicLong();

    public MessageIds() {
        byte[] random = new byte[9];
        new SecureRandom().nextBytes(random);
        this.process = HexFormat.of().formatHex(random) + '-';
    }

    public String next() {
        return process + Long.toString(last.incrementAndGet(), Character.MAX_RADIX);
    }
}
