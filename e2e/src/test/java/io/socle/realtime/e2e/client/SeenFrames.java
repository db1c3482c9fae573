package io.socle.realtime.e2e.client;

import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.regex.Pattern;

/** Samples of the frames that real gateways have sent in this run: a bounded number of each length class and type. */
public final class SeenFrames {
    private static final int SAMPLES = 500;
    private static final Pattern TYPE = Pattern.compile("\\{\"type\":\"([a-z_]+)\"");
    private static final ConcurrentMap<String, String> SEEN = new ConcurrentHashMap<>();

    private SeenFrames() {}

    static void add(String json) {
        var type = TYPE.matcher(json);
        String name = type.lookingAt() ? type.group(1) : "?";
        if (SEEN.size() < SAMPLES) {
            // The length is a cheap stand-in for the shape.
            SEEN.putIfAbsent(name + json.length(), json);
        }
    }

    public static List<String> all() {
        return List.copyOf(SEEN.values());
    }
}
