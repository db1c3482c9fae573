package io.socle.realtime.gateway.bridge;

import io.socle.realtime.contracts.message.ChannelFilter;
import io.socle.realtime.contracts.message.InvalidValueException;
import io.socle.realtime.contracts.message.Limits;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** What is wrong with bridges as they are configured; each finding names its key. An empty list is a good configuration. */
public final class BridgeRules {
    /** Most bridges of a suite. */
    public static final int BRIDGES = 32;
    /** Most filters of one direction of a bridge. */
    public static final int FILTERS = 32;

    /** A bridge's name is part of keys, of metrics and of the header that marks messages. */
    private static final Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9-]{0,62}[a-z0-9])?");

    private final List<String> findings = new ArrayList<>();

    private BridgeRules() {}

    /** The findings about all bridges. */
    public static List<String> findings(List<BridgeSettings> bridges) {
        BridgeRules rules = new BridgeRules();
        if (bridges.size() > BRIDGES) {
            rules.findings.add("realtime.bridges: there are more than " + BRIDGES);
        }
        bridges.forEach(rules::check);
        return List.copyOf(rules.findings);
    }

    private void check(BridgeSettings bridge) {
        String key = "realtime.bridges." + bridge.name();
        if (!NAME.matcher(bridge.name()).matches()) {
            findings.add(key + ": a name has 1 to 64 lower-case letters, digits and inner hyphens");
        }
        if (bridge.in() == null && bridge.out() == null) {
            findings.add(key + ": neither in.filters nor out.filters is set, so nothing would ever pass");
        }
        if (bridge.subject().isEmpty()
                || bridge.subject().length() > Limits.IDENTIFIER_CHARACTERS
                || bridge.subject().charAt(0) == '$') {
            findings.add(key + ".subject: has 1 to " + Limits.IDENTIFIER_CHARACTERS + " characters, the first not a $");
        }
        if (bridge.remote().password().isPresent() && bridge.remote().username().isEmpty()) {
            findings.add(key + ".password: needs a username too (MQTT 3.1.1 section 3.1.2.9)");
        }
        if (bridge.remote().clientId().getBytes(StandardCharsets.UTF_8).length > Limits.CHANNEL_NAME_BYTES) {
            findings.add(key + ".client-id: is longer than " + Limits.CHANNEL_NAME_BYTES + " bytes");
        }
        if (bridge.in() != null) {
            filters(key + ".in", bridge.in().filters(), bridge.in().names(), true);
        }
        if (bridge.out() != null) {
            filters(key + ".out", bridge.out().filters(), bridge.out().names(), false);
        }
    }

    private void filters(String key, List<ChannelFilter> filters, NameMapping names, boolean in) {
        if (filters.size() > FILTERS) {
            findings.add(key + ".filters: has more than " + FILTERS);
        }
        if ((names.prefix() + names.strip()).matches(".*[+#].*")) {
            findings.add(key + ": prefix and strip are plain text and have no wildcards");
        }
        for (int i = 0; i < filters.size(); i++) {
            filter(key, filters.get(i), names, in);
            for (ChannelFilter other : filters.subList(0, i)) {
                if (NameMapping.overlap(filters.get(i), other)) {
                    findings.add(key + ".filters: " + other + " and " + filters.get(i)
                            + " select the same names, so messages would come twice");
                }
            }
        }
    }

    private void filter(String key, ChannelFilter filter, NameMapping names, boolean in) {
        ChannelFilter mapped;
        try {
            mapped = names.apply(filter);
        } catch (InvalidValueException e) {
            findings.add(key + ".filters: " + filter + " with strip '" + names.strip() + "' and prefix '"
                    + names.prefix() + "': " + e.getMessage());
            return;
        }
        ChannelFilter channels = in ? mapped : filter;
        if (channels.value().startsWith("$")) {
            findings.add(key + ".filters: " + filter + ": channels that begin with $ are the system's");
        }
        if (in && filter.value().startsWith("$share/")) {
            findings.add(key + ".filters: " + filter + ": a bridge takes part in no shared subscription");
        }
    }
}
