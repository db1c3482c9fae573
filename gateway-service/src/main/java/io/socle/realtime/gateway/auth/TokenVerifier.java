package io.socle.realtime.gateway.auth;

import io.smallrye.jwt.auth.principal.JWTParser;
import io.smallrye.jwt.auth.principal.ParseException;
import io.socle.realtime.contracts.message.ChannelFilter;
import io.socle.realtime.contracts.message.InvalidValueException;
import io.socle.realtime.gateway.session.Capabilities;
import io.socle.realtime.gateway.session.OpenMode;
import io.socle.realtime.gateway.session.Principal;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jspecify.annotations.Nullable;

/**
 * Verifies a JWT (RFC 7519) with the configured keys or issuer and reads its capabilities. Safe for use by all threads; it
 * works on the worker pool, for an issuer's keys may have to be fetched.
 */
@ApplicationScoped
public class TokenVerifier {
    /** The claim that holds the capabilities (clause WS-18). */
    static final String CLAIM = "realtime";

    /** Most filters that one token may grant per operation. */
    static final int FILTERS = 256;

    private final JWTParser parser;
    private final ExecutorService workers;
    private final OpenMode openMode;
    private final InstantSource clock = InstantSource.system();

    TokenVerifier(JWTParser parser, ExecutorService workers, OpenMode openMode) {
        this.parser = parser;
        this.openMode = openMode;
        this.workers = workers;
    }

    /** Completes on a worker thread, exceptionally with {@link BadTokenException}. */
    public CompletionStage<Principal> verify(String token) {
        return CompletableFuture.supplyAsync(() -> openMode.limit(principal(token)), workers);
    }

    private Principal principal(String token) {
        try {
            JsonWebToken jwt = parser.parse(token);
            String subject = Subjects.checked(Objects.requireNonNullElse(jwt.getSubject(), ""), "token's subject");
            return unexpired(new Principal(subject, capabilities(jwt), Instant.ofEpochSecond(jwt.getExpirationTime())));
        } catch (ParseException e) {
            throw new BadTokenException("the token is malformed, expired or not signed by a trusted key");
        } catch (InvalidValueException e) {
            throw new BadTokenException("the token's capabilities cannot be read: " + e.getMessage());
        }
    }

    /** The parser's clock skew is for tokens from the future; one that has expired is never accepted. */
    private Principal unexpired(Principal principal) {
        if (principal.expiredAt(clock.instant())) {
            throw new BadTokenException("the token has expired");
        }
        return principal;
    }

    private static Capabilities capabilities(JsonWebToken jwt) {
        Object claim = jwt.getClaim(CLAIM);
        if (claim == null) {
            return Capabilities.NONE;
        }
        if (!(claim instanceof JsonObject grants)) {
            throw new BadTokenException("the token's claim " + CLAIM + " is not an object");
        }
        List<ChannelFilter> subscribe = filters(grants.get("subscribe"));
        List<ChannelFilter> publish = filters(grants.get("publish"));
        JsonValue history = grants.get("history");
        JsonValue presence = grants.get("presence");
        return new Capabilities(
                publish,
                subscribe,
                history == null ? subscribe : filters(history),
                filters(grants.get("delete")),
                presence == null ? publish : filters(presence),
                filters(grants.get("signal")),
                List.of());
    }

    private static List<ChannelFilter> filters(@Nullable JsonValue value) {
        List<ChannelFilter> filters = new ArrayList<>();
        if (value == null) {
            return filters;
        }
        if (!(value instanceof JsonArray array) || array.size() > FILTERS) {
            throw new BadTokenException("a capability is not an array of at most " + FILTERS + " filters");
        }
        for (JsonValue item : array) {
            if (!(item instanceof JsonString filter)) {
                throw new BadTokenException("a capability has a filter that is not a string");
            }
            filters.add(new ChannelFilter(filter.getString()));
        }
        return filters;
    }
}
