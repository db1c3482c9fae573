package io.socle.realtime.gateway.auth;

import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which origins' pages may use the gateway (RFC 6454). Written as Quarkus writes CORS origins: exact, {@code *}, or a
 * regular expression between slashes. The gateway's own origin is always allowed.
 */
public final class OriginPolicy {
    private final Set<String> exact = new HashSet<>();
    private final List<Pattern> patterns;

    public OriginPolicy(List<String> allowed) {
        this.patterns = allowed.stream()
                .filter(OriginPolicy::isPattern)
                .map(text -> Pattern.compile(text.substring(1, text.length() - 1)))
                .toList();
        allowed.stream().filter(text -> !isPattern(text)).forEach(exact::add);
    }

    private static boolean isPattern(String text) {
        return text.length() > 2 && text.startsWith("/") && text.endsWith("/");
    }

    /**
     * Whether a request with these headers may go on.
     *
     * @param origin the Origin header; null from programs that are no browser
     * @param host the Host header
     */
    public boolean allows(@Nullable String origin, @Nullable String host) {
        return origin == null
                || exact.contains("*")
                || exact.contains(origin)
                || isSame(origin, host)
                || patterns.stream().anyMatch(pattern -> pattern.matcher(origin).matches());
    }

    private static boolean isSame(String origin, @Nullable String host) {
        try {
            return host != null && host.equalsIgnoreCase(URI.create(origin).getAuthority());
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
