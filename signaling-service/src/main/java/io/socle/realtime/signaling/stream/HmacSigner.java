package io.socle.realtime.signaling.stream;

import io.socle.realtime.signaling.core.Signer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The passwords of coturn's {@code use-auth-secret} (clause SIG-31). Safe for use by all threads. */
public final class HmacSigner implements Signer {
    private static final String ALGORITHM = "HmacSHA1";

    private final SecretKeySpec key;

    public HmacSigner(String secret) {
        key = new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM);
    }

    @Override
    public String sign(String username) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return Base64.getEncoder().encodeToString(mac.doFinal(username.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + ALGORITHM, e);
        }
    }
}
