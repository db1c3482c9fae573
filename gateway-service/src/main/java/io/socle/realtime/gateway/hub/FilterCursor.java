package io.socle.realtime.gateway.hub;

import io.socle.realtime.contracts.failure.FailureCode;
import io.socle.realtime.contracts.failure.ProblemException;
import java.io.ByteArrayOutputStream;
import java.util.Base64;

/**
 * The cursor of a filter: per partition the log position up to which the client has everything, as text that clients do
 * not look into.
 */
public final class FilterCursor {
    private static final char MARK = 'f';

    private FilterCursor() {}

    /** Log positions are -1 or more. */
    static String encode(long[] positions) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(positions.length * 4);
        for (long position : positions) {
            long rest = position + 1;
            while (rest >= 0x80) {
                bytes.write((int) (rest & 0x7f | 0x80));
                rest >>>= 7;
            }
            bytes.write((int) rest);
        }
        return MARK + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.toByteArray());
    }

    /** Throws ProblemException with {@code invalid_cursor} where it is not a cursor of so many partitions. */
    static long[] decode(String cursor, int partitions) {
        byte[] bytes = bytes(cursor);
        long[] positions = new long[partitions];
        int at = 0;
        for (int partition = 0; partition < partitions; partition++) {
            long value = 0;
            int shift = 0;
            byte next;
            do {
                if (at == bytes.length || shift > 56) {
                    throw invalid();
                }
                next = bytes[at++];
                value |= (long) (next & 0x7f) << shift;
                shift += 7;
            } while (next < 0);
            positions[partition] = value - 1;
        }
        if (at != bytes.length) {
            throw invalid();
        }
        return positions;
    }

    private static byte[] bytes(String cursor) {
        if (cursor.isEmpty() || cursor.charAt(0) != MARK) {
            throw invalid();
        }
        try {
            return Base64.getUrlDecoder().decode(cursor.substring(1));
        } catch (IllegalArgumentException e) {
            throw invalid();
        }
    }

    private static ProblemException invalid() {
        return new ProblemException(FailureCode.INVALID_CURSOR, "the cursor is not one of a filter of this suite");
    }
}
