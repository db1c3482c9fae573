package io.socle.realtime.contracts.signaling;

import io.socle.realtime.contracts.message.InvalidValueException;
import java.util.ArrayList;
import java.util.List;

/** Descriptions of sessions (RFC 8866) as text: is it one, and what of it matters here (clause SIG-41). */
public final class Sdp {
    private static final String FRAGMENT = "a=ice-ufrag:";
    private static final String CANDIDATE = "a=candidate:";

    private Sdp() {}

    /** Returns the text; throws InvalidValueException, which never quotes it. */
    public static String checked(String field, String sdp) {
        if (sdp.length() > SignalingLimits.SDP_CHARACTERS) {
            throw new InvalidValueException(field, "is longer than " + SignalingLimits.SDP_CHARACTERS + " characters");
        }
        List<String> lines = lines(sdp);
        if (lines.size() < 4 || !lines.get(0).equals("v=0") || !lines.get(1).startsWith("o=")) {
            throw new InvalidValueException(field, "does not begin as a description does, with v=0 and o=");
        }
        int media = 0;
        for (String line : lines) {
            checkLine(field, line);
            media += line.startsWith("m=") ? 1 : 0;
        }
        if (media > SignalingLimits.SDP_MEDIA) {
            throw new InvalidValueException(field, "has more than " + SignalingLimits.SDP_MEDIA + " media sections");
        }
        require(field, lines, "s=");
        require(field, lines, "t=");
        return sdp;
    }

    private static void require(String field, List<String> lines, String begin) {
        if (lines.stream().noneMatch(line -> line.startsWith(begin))) {
            throw new InvalidValueException(field, "lacks a line " + begin);
        }
    }

    private static void checkLine(String field, String line) {
        if (line.length() > SignalingLimits.SDP_LINE_CHARACTERS) {
            throw new InvalidValueException(
                    field, "has a line longer than " + SignalingLimits.SDP_LINE_CHARACTERS + " characters");
        }
        if (line.length() < 2 || line.charAt(0) < 'a' || line.charAt(0) > 'z' || line.charAt(1) != '=') {
            throw new InvalidValueException(field, "has a line that is not a letter, = and a value");
        }
        for (int i = 2; i < line.length(); i++) {
            char c = line.charAt(i);
            if (Character.isISOControl(c) && c != '\t' || Character.isSurrogate(c)) {
                throw new InvalidValueException(field, "contains a control character or a surrogate");
            }
        }
        if (line.startsWith(CANDIDATE)) {
            Candidates.checked(field, line.substring(2));
        }
    }

    /** The lines without their ends: CR LF, or LF alone as RFC 8866 section 5 lets parsers accept. */
    public static List<String> lines(String sdp) {
        List<String> lines = new ArrayList<>();
        int begin = 0;
        while (begin < sdp.length()) {
            int end = sdp.indexOf('\n', begin);
            int stop = end < 0 ? sdp.length() : end;
            int last = stop > begin && sdp.charAt(stop - 1) == '\r' ? stop - 1 : stop;
            lines.add(sdp.substring(begin, last));
            begin = stop + 1;
        }
        return lines;
    }

    /** The username fragments of a description, each once. */
    public static List<String> fragments(String sdp) {
        return lines(sdp).stream()
                .filter(line -> line.startsWith(FRAGMENT))
                .map(line -> line.substring(FRAGMENT.length()))
                .filter(fragment -> fragment.length() <= SignalingLimits.FRAGMENT_CHARACTERS)
                .distinct()
                .toList();
    }
}
