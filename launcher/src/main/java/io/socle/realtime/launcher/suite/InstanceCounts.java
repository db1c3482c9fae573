package io.socle.realtime.launcher.suite;

import io.socle.realtime.launcher.exit.Refusal;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * How many instances of each service a suite has.
 *
 * @param byPart of every service, 1 to 10
 */
public record InstanceCounts(Map<Part, Integer> byPart) {
    public static final int MOST = 10;

    /** One of each. */
    public static final InstanceCounts SINGLE =
            new InstanceCounts(Part.services().stream().collect(Collectors.toMap(part -> part, _ -> 1)));

    public InstanceCounts {
        byPart = Map.copyOf(byPart);
        byPart.forEach(InstanceCounts::refuseBeyondLimits);
    }

    private static void refuseBeyondLimits(Part part, int count) {
        if (count < 1 || count > MOST) {
            throw new Refusal("%s can have 1 to %d instances, not %d.".formatted(part.label(), MOST, count));
        }
    }

    /** Reads counts such as {@code gateway=4}; what is not named stays as it is here. */
    public InstanceCounts with(List<String> texts) {
        var changed = new EnumMap<Part, Integer>(byPart);
        for (String text : texts) {
            int equals = text.indexOf('=');
            if (equals < 0) {
                throw new Refusal(text + " is no count of instances such as gateway=4.");
            }
            changed.put(service(text.substring(0, equals)), number(text, text.substring(equals + 1)));
        }
        return new InstanceCounts(changed);
    }

    private static Part service(String label) {
        return Part.of(label)
                .filter(Part.services()::contains)
                .orElseThrow(() -> new Refusal("There is no service " + label + "; there are "
                        + Part.services().stream().map(Part::label).collect(Collectors.joining(", ")) + "."));
    }

    private static int number(String text, String digits) {
        if (!digits.matches("-?\\d{1,9}")) {
            throw new Refusal(text + " is no count of instances such as gateway=4.");
        }
        return Integer.parseInt(digits);
    }

    /** The lower of two counts, for each service. */
    static InstanceCounts lower(InstanceCounts one, InstanceCounts other) {
        return new InstanceCounts(Part.services().stream()
                .collect(Collectors.toMap(part -> part, part -> Math.min(one.of(part), other.of(part)))));
    }

    public int of(Part part) {
        return byPart.getOrDefault(part, 1);
    }

    /** All instances of all services, by part and number. */
    public List<Instance> instances() {
        var all = new ArrayList<Instance>();
        for (Part part : Part.services()) {
            IntStream.range(0, of(part)).forEach(number -> all.add(new Instance(part, number)));
        }
        return all;
    }

    /** The name in the log and in {@code status}: a single instance needs no number. */
    public String name(Instance instance) {
        return of(instance.part()) == 1 ? instance.part().label() : instance.id();
    }

    /** As {@link #with} reads it. */
    public List<String> texts() {
        return Part.services().stream()
                .map(part -> part.label() + "=" + of(part))
                .toList();
    }
}
