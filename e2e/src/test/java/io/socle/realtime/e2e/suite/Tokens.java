package io.socle.realtime.e2e.suite;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Makes good and bad tokens with the development key of a suite, and remembers them all: none may stand in a log. */
public final class Tokens {
    private static final String ISSUER = "realtime-development";
    private static final String ES256 = "{\"alg\":\"ES256\",\"typ\":\"JWT\"}";
    private static final Base64.Encoder URL = Base64.getUrlEncoder().withoutPadding();

    private final Path privateKey;
    private final Queue<String> made = new ConcurrentLinkedQueue<>();

    Tokens(Path data) {
        this.privateKey = data.resolve("keys").resolve("private.pem");
    }

    /** What a token says; the defaults are those of a good one that may do nothing. */
    public record Claims(
            String subject,
            String issuer,
            List<String> publish,
            List<String> subscribe,
            @Nullable List<String> history,
            List<String> delete,
            @Nullable List<String> presence,
            List<String> signal,
            Instant expires) {
        public Claims publish(String... filters) {
            return new Claims(subject, issuer, List.of(filters), subscribe, history, delete, presence, signal, expires);
        }

        public Claims subscribe(String... filters) {
            return new Claims(subject, issuer, publish, List.of(filters), history, delete, presence, signal, expires);
        }

        public Claims history(String... filters) {
            return new Claims(subject, issuer, publish, subscribe, List.of(filters), delete, presence, signal, expires);
        }

        public Claims delete(String... filters) {
            return new Claims(
                    subject, issuer, publish, subscribe, history, List.of(filters), presence, signal, expires);
        }

        public Claims presence(String... filters) {
            return new Claims(subject, issuer, publish, subscribe, history, delete, List.of(filters), signal, expires);
        }

        public Claims signal(String... filters) {
            return new Claims(
                    subject, issuer, publish, subscribe, history, delete, presence, List.of(filters), expires);
        }

        public Claims issuer(String other) {
            return new Claims(subject, other, publish, subscribe, history, delete, presence, signal, expires);
        }

        public Claims expires(Instant when) {
            return new Claims(subject, issuer, publish, subscribe, history, delete, presence, signal, when);
        }

        public Claims expiresIn(Duration time) {
            return expires(Instant.now().plus(time));
        }

        String json() {
            String past = history == null ? "" : ",\"history\":" + array(history);
            return "{\"iss\":\"%s\",\"sub\":\"%s\",\"iat\":%d,\"exp\":%d,\"realtime\":{\"publish\":%s,\"subscribe\":%s%s%s%s%s}}"
                    .formatted(
                            issuer,
                            subject,
                            Instant.now().getEpochSecond() - 60,
                            expires.getEpochSecond(),
                            array(publish),
                            array(subscribe),
                            past,
                            delete.isEmpty() ? "" : ",\"delete\":" + array(delete),
                            presence == null ? "" : ",\"presence\":" + array(presence),
                            signal.isEmpty() ? "" : ",\"signal\":" + array(signal));
        }

        private static String array(List<String> filters) {
            return filters.stream().map(filter -> '"' + filter + '"').collect(Collectors.joining(",", "[", "]"));
        }
    }

    public static Claims claims(String subject) {
        return new Claims(
                subject,
                ISSUER,
                List.of(),
                List.of(),
                null,
                List.of(),
                null,
                List.of(),
                Instant.now().plus(Duration.ofHours(1)));
    }

    /** May do everything for an hour. */
    public String everything(String subject) {
        return sign(claims(subject).publish("#").subscribe("#").delete("#").signal("#"));
    }

    /** Signed with the suite's development key. */
    public String sign(Claims claims) {
        return sign(claims, suiteKey());
    }

    /** Signed with a key that the suite does not know. */
    public String signWithForeignKey(Claims claims) {
        try {
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return sign(claims, generator.generateKeyPair().getPrivate());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Not signed at all (RFC 7519 section 6). */
    public String unsigned(Claims claims) {
        return remember(part("{\"alg\":\"none\",\"typ\":\"JWT\"}") + "." + part(claims.json()) + ".");
    }

    private String sign(Claims claims, PrivateKey key) {
        try {
            String text = part(ES256) + "." + part(claims.json());
            var signature = Signature.getInstance("SHA256withECDSAinP1363Format");
            signature.initSign(key);
            signature.update(text.getBytes(StandardCharsets.US_ASCII));
            return remember(text + "." + URL.encodeToString(signature.sign()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private String remember(String token) {
        made.add(token);
        return token;
    }

    private static String part(String json) {
        return URL.encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }

    private PrivateKey suiteKey() {
        try {
            String pem = Files.readString(privateKey).replaceAll("-----[A-Z ]+-----", "");
            return KeyFactory.getInstance("EC")
                    .generatePrivate(
                            new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(pem)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Every token made for this suite so far. */
    public List<String> made() {
        return new ArrayList<>(made);
    }
}
