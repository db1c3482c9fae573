package io.socle.realtime.launcher.suite;

import io.socle.realtime.launcher.exit.Refusal;
import java.util.Arrays;
import java.util.List;

/** What a person asks a running suite to do; one line of text on the control socket. */
public sealed interface ControlRequest {
    /**
     * Have so many instances.
     *
     * @param counts such as {@code gateway=4}
     */
    record Scale(List<String> counts) implements ControlRequest {
        public Scale {
            counts = List.copyOf(counts);
        }

        @Override
        public String line() {
            return "scale " + String.join(" ", counts);
        }
    }

    /**
     * Start processes anew, one after another.
     *
     * @param names of single processes, or of parts, which mean all their instances
     */
    record Restart(List<String> names) implements ControlRequest {
        public Restart {
            names = List.copyOf(names);
        }

        @Override
        public String line() {
            return "restart " + String.join(" ", names);
        }
    }

    /** As {@link #parse} reads it, without the end of the line. */
    String line();

    /** The request that a line means; throws Refusal where it means none. */
    static ControlRequest parse(String line) {
        var words = Arrays.asList(line.split(" "));
        var arguments = words.subList(1, words.size());
        if (arguments.isEmpty()) {
            throw new Refusal("The request says too little.");
        }
        return switch (words.getFirst()) {
            case "scale" -> new Scale(arguments);
            case "restart" -> new Restart(arguments);
            default -> throw new Refusal("This suite cannot " + words.getFirst() + ".");
        };
    }
}
