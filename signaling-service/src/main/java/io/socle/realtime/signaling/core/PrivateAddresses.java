package io.socle.realtime.signaling.core;

import io.socle.realtime.contracts.signaling.Candidates;
import io.socle.realtime.contracts.signaling.IceCandidate;
import io.socle.realtime.contracts.signaling.Sdp;
import java.util.Locale;
import java.util.stream.Collectors;

/** Keeps addresses that mean something only inside a network from whoever is outside (clause SIG-43). */
final class PrivateAddresses {
    private static final String CANDIDATE = "a=candidate:";

    private PrivateAddresses() {}

    /** Whether it is of a range for private use, the host's own, or a name of multicast DNS. Nothing is looked up. */
    static boolean isPrivate(String address) {
        String text = address.toLowerCase(Locale.ROOT);
        if (text.endsWith(".local")) {
            return true;
        }
        int last = text.lastIndexOf(':');
        return last < 0 ? isPrivate4(text) : isPrivate6(text) || isPrivate4(text.substring(last + 1));
    }

    private static boolean isPrivate4(String text) {
        String[] parts = text.split("\\.", -1);
        if (parts.length != 4) {
            return false;
        }
        int first = number(parts[0]);
        int second = number(parts[1]);
        return switch (first) {
            case 0, 10, 127 -> true;
            case 100 -> second >= 64 && second < 128;
            case 169 -> second == 254;
            case 172 -> second >= 16 && second < 32;
            case 192 -> second == 168;
            default -> false;
        };
    }

    private static int number(String part) {
        return part.matches("[0-9]{1,3}") ? Integer.parseInt(part) : -1;
    }

    /** Loopback, unique local (fc00::/7) and link local (fe80::/10). */
    private static boolean isPrivate6(String text) {
        return text.equals("::1")
                || text.equals("::")
                || text.startsWith("fc")
                || text.startsWith("fd")
                || text.matches("fe[89ab].*");
    }

    /** The description without candidates of private addresses, and without any where it tells where to send to at first. */
    static String without(String sdp) {
        return Sdp.lines(sdp).stream()
                .filter(line -> !line.startsWith(CANDIDATE) || !isPrivate(Candidates.address(line.substring(2))))
                .map(PrivateAddresses::publicLine)
                .collect(Collectors.joining("\r\n", "", "\r\n"));
    }

    private static String publicLine(String line) {
        if (line.startsWith(CANDIDATE)) {
            return "a=" + unrelated(line.substring(2));
        }
        String[] connection = line.split(" ", -1);
        boolean told = line.startsWith("c=IN IP") && connection.length == 3 && isPrivate(connection[2]);
        return told ? connection[0] + " " + connection[1] + (connection[1].equals("IP6") ? " ::" : " 0.0.0.0") : line;
    }

    /** A reflexive or relayed candidate names the address that it stands for, which is nobody's business either. */
    private static String unrelated(String candidate) {
        String[] parts = candidate.split(" ", -1);
        for (int i = 8; i + 1 < parts.length; i += 2) {
            if (parts[i].equals("raddr") && isPrivate(parts[i + 1])) {
                parts[i + 1] = parts[i + 1].indexOf(':') < 0 ? "0.0.0.0" : "::";
            } else if (parts[i].equals("rport")) {
                parts[i + 1] = "0";
            }
        }
        return String.join(" ", parts);
    }

    static IceCandidate unrelated(IceCandidate candidate) {
        return new IceCandidate(
                unrelated(candidate.candidate()),
                candidate.sdpMid(),
                candidate.sdpMLineIndex(),
                candidate.usernameFragment());
    }
}
