package io.socle.realtime.e2e.client;

import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.regex.Pattern;

/** Samples of the frames that real gateways have sent in this run: a bounded number of lengths of each type. */
public final class SeenFrames {
    private static final int SAMPLES = 200;
    private static final Pattern TYPE = Pattern.compile("\\{\"type\":\"([a-z_]+)\"");
    private static final ConcurrentMap<String, ConcurrentMap<Integer, String>> SEEN = new ConcurrentHashMap<>();

    private SeenFrames() {}

    static void add(String json) {
        var type = TYPE.matcher(json);
        var samples = SEEN.computeIfAbsent(type.lookingAt() ? type.group(1) : "?", any -> new ConcurrentHashMap<>());
        if (samples.size() < SAMPLES) {
            // The length is a cheap stand-in for the shape.
            samples.putIfAbsent(json.length(), json);
        }
    }

    public static List<String> all() {
        return SEEN.values().stream()
                .flatMap(samples -> samples.values().stream())
                .toList();
    }
}
