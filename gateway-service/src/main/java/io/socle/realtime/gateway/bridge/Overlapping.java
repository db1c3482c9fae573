package io.socle.realtime.gateway.bridge;

import java.util.List;

/** Whether some name is selected by two filters (MQTT 3.1.1 section 4.7). */
final class Overlapping {
    private Overlapping() {}

    static boolean of(List<String> one, List<String> other) {
        String first = one.getFirst();
        String second = other.getFirst();
        // Wildcards at the beginning do not select names of the system (section 4.7.2).
        boolean apart = (isSystem(first) && isWildcard(second)) || (isSystem(second) && isWildcard(first));
        return !apart && !meetInNoName(one, other) && from(one, other, 0);
    }

    /** The parent of {@code /#} would be the empty name, which is none (section 4.7.3). */
    private static boolean meetInNoName(List<String> one, List<String> other) {
        List<String> rest = one.size() > other.size() ? one : other;
        List<String> single = rest == one ? other : one;
        return rest.equals(List.of("", "#")) && single.equals(List.of("+"));
    }

    private static boolean from(List<String> one, List<String> other, int at) {
        if (isRest(one, at) || isRest(other, at)) {
            return true;
        }
        if (at == one.size() || at == other.size()) {
            return one.size() == other.size();
        }
        String here = one.get(at);
        String there = other.get(at);
        boolean meet = here.equals("+") || there.equals("+") || here.equals(there);
        return meet && from(one, other, at + 1);
    }

    /** A last {@code #} selects its parent too, so it is met also one segment after the end of a shorter filter. */
    private static boolean isRest(List<String> filter, int at) {
        return at < filter.size() && filter.get(at).equals("#");
    }

    private static boolean isWildcard(String segment) {
        return segment.equals("+") || segment.equals("#");
    }

    private static boolean isSystem(String segment) {
        return !segment.isEmpty() && segment.charAt(0) == '$';
    }
}
