package io.socle.realtime.contracts.config;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Finds environment variables that look like keys of this suite and are none: a mistyped one would otherwise be ignored, and the
 * default be used in silence. A key of any service is known to all, for they may share one environment. (Keys from other sources
 * are checked by the configuration mapping itself.)
 */
public final class EnvironmentKeys {
    private static final String PREFIX = "REALTIME_";
    /** Generated with the configuration's reference page. */
    private static final String KEYS = "keys.txt";

    private EnvironmentKeys() {}

    /** The variables that are no key of any service. */
    public static List<String> unknown(Collection<String> variables) {
        return unknown(variables, known());
    }

    /**
     * The variables that match no key.
     *
     * @param variables names of the process's environment variables
     * @param keys known keys such as {@code realtime.limits.batch}; a {@code *} stands for a free part
     */
    static List<String> unknown(Collection<String> variables, Collection<String> keys) {
        List<Pattern> known = keys.stream().map(EnvironmentKeys::pattern).toList();
        return variables.stream()
                .filter(name -> name.startsWith(PREFIX))
                .filter(name ->
                        known.stream().noneMatch(key -> key.matcher(name).matches()))
                .sorted()
                .toList();
    }

    private static List<String> known() {
        try (InputStream keys = EnvironmentKeys.class.getResourceAsStream(KEYS)) {
            if (keys == null) {
                throw new IllegalStateException(KEYS + " is missing from the artifact");
            }
            return new String(keys.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
