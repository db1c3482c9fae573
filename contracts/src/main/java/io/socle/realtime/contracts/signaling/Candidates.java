package io.socle.realtime.contracts.signaling;

import io.socle.realtime.contracts.message.InvalidValueException;
import java.util.Set;

/** Candidates (RFC 8839 section 5.1) as text (clause SIG-41). */
public final class Candidates {
    private static final String BEGIN = "candidate:";
    private static final Set<String> TYPES = Set.of("host", "srflx", "prflx", "relay");
    private static final int TYPE = 7;
    private static final int LARGEST_PORT = 65_535;
    private static final long LARGEST_PRIORITY = (1L << 32) - 1;

    private Candidates() {}

    /** Returns the text; throws InvalidValueException, which never quotes it. */
    public static String checked(String field, String candidate) {
        if (candidate.length() > SignalingLimits.CANDIDATE_CHARACTERS) {
            throw new InvalidValueException(
                    field, "has a candidate longer than " + SignalingLimits.CANDIDATE_CHARACTERS + " characters");
        }
        for (int i = 0; i < candidate.length(); i++) {
            if (candidate.charAt(i) < ' ' || candidate.charAt(i) > '~') {
                throw new InvalidValueException(field, "has a candidate with a character that is not visible ASCII");
            }
        }
        String[] parts = parts(candidate);
        boolean good = candidate.startsWith(BEGIN)
                && parts.length > TYPE
                && parts[0].length() > BEGIN.length()
                && isWhole(parts[1], 1, 256)
                && isWhole(parts[3], 0, LARGEST_PRIORITY)
                && isWhole(parts[5], 0, LARGEST_PORT)
                && parts[6].equals("typ")
                && TYPES.contains(parts[TYPE]);
        if (!good) {
            throw new InvalidValueException(field, "has a candidate that is not one of RFC 8839");
        }
        return candidate;
    }

    private static boolean isWhole(String text, long least, long most) {
        if (text.isEmpty() || text.length() > 10 || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return false;
        }
        long value = Long.parseLong(text);
        return value >= least && value <= most;
    }

    private static String[] parts(String candidate) {
        return candidate.split(" ", -1);
    }

    /** Whether it is an address of the peer's own host. */
    public static boolean isHost(String checked) {
        return parts(checked)[TYPE].equals("host");
    }

    /** The address, or name, by which it may be reached. */
    public static String address(String checked) {
        return parts(checked)[4];
    }
}
