package io.socle.realtime.contracts.config;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Finds environment variables that look like keys of this suite and are none: a mistyped one would otherwise be ignored, and the
 * default be used in silence. (Keys from other sources are checked by the configuration mapping itself.)
 */
public final class EnvironmentKeys {
    private static final String PREFIX = "REALTIME_";

    private EnvironmentKeys() {}

    /**
     * The variables that match no key.
     *
     * @param variables names of the process's environment variables
     * @param keys known keys such as {@code realtime.limits.batch}; a {@code *} stands for a free part
     */
    public static List<String> unknown(Collection<String> variables, Collection<String> keys) {
        List<Pattern> known = keys.stream().map(EnvironmentKeys::pattern).toList();
        return variables.stream()
                .filter(name -> name.startsWith(PREFIX))
                .filter(name ->
                        known.stream().noneMatch(key -> key.matcher(name).matches()))
                .sorted()
                .toList();
    }

    /** As MicroProfile Config maps keys to variables: what is no letter or digit becomes an underscore, in upper case. */
    private static Pattern pattern(String key) {
        StringBuilder pattern = new StringBuilder();
        for (int i = 0; i < key.length(); i++) {
            char c = key.charAt(i);
            if (c == '*') {
                pattern.append(".+");
            } else {
                pattern.append(Character.isLetterOrDigit(c) ? String.valueOf(c).toUpperCase(Locale.ROOT) : "_");
            }
        }
        // An element of a list is addressed by its index.
        return Pattern.compile(pattern + "(_\\d+_)?");
    }
}
