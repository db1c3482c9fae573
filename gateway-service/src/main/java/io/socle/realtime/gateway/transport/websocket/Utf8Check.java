package io.socle.realtime.gateway.transport.websocket;

import io.netty.buffer.ByteBuf;

/**
 * Checks UTF-8 (RFC 3629) across fragments and fails at the first byte that cannot be right, as RFC 6455 section 8.1 lets
 * a server do. Not for use by several threads.
 */
final class Utf8Check {
    private int needed;
    private int lowest = 0x80;
    private int highest = 0xbf;

    /** False at the first byte that is not UTF-8. */
    boolean accepts(ByteBuf bytes) {
        int end = bytes.writerIndex();
        for (int i = bytes.readerIndex(); i < end; i++) {
            int octet = bytes.getByte(i) & 0xff;
            if (needed == 0 ? !begins(octet) : !continues(octet)) {
                return false;
            }
        }
        return true;
    }

    /** Whether no character is cut off; ready for the next message then. */
    boolean isComplete() {
        return needed == 0;
    }

    private boolean begins(int octet) {
        if (octet < 0x80) {
            return true;
        }
        if (octet >= 0xc2 && octet <= 0xdf) {
            needed = 1;
        } else if (octet >= 0xe0 && octet <= 0xef) {
            needed = 2;
            // No over-long forms, no surrogates.
            lowest = octet == 0xe0 ? 0xa0 : 0x80;
            highest = octet == 0xed ? 0x9f : 0xbf;
        } else if (octet >= 0xf0 && octet <= 0xf4) {
            needed = 3;
            // No over-long forms, nothing beyond U+10FFFF.
            lowest = octet == 0xf0 ? 0x90 : 0x80;
            highest = octet == 0xf4 ? 0x8f : 0xbf;
        } else {
            return false;
        }
        return true;
    }

    private boolean continues(int octet) {
        if (octet < lowest || octet > highest) {
            return false;
        }
        needed--;
        lowest = 0x80;
        highest = 0xbf;
        return true;
    }
}
