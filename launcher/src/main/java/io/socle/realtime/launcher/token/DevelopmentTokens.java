package io.socle.realtime.launcher.token;

import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.lang.JoseException;

/** Signs development tokens: JWT, ES256, capabilities in the claim {@code realtime} (clause WS-18). */
public final class DevelopmentTokens {
    public static final String ISSUER = "realtime-development";

    private DevelopmentTokens() {}

    public static String sign(DevelopmentKeys keys, TokenRequest request, Instant now) throws IOException {
        var claims = new JwtClaims();
        claims.setIssuer(ISSUER);
        claims.setSubject(request.subject());
        claims.setIssuedAt(NumericDate.fromSeconds(now.getEpochSecond()));
        claims.setExpirationTime(
                NumericDate.fromSeconds(now.plus(request.timeToLive()).getEpochSecond()));
        claims.setJwtId(UUID.randomUUID().toString());
        claims.setClaim("realtime", capabilities(request));
        var signature = new JsonWebSignature();
        signature.setPayload(claims.toJson());
        signature.setAlgorithmHeaderValue(AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256);
        signature.setHeader("typ", "JWT");
        signature.setKey(keys.privateKey());
        try {
            return signature.getCompactSerialization();
        } catch (JoseException e) {
            throw new IOException("the development key cannot sign", e);
        }
    }

    private static Map<String, List<String>> capabilities(TokenRequest request) {
        var capabilities = new LinkedHashMap<String, List<String>>();
        capabilities.put("publish", request.publish());
        capabilities.put("subscribe", request.subscribe());
        if (request.history() != null) {
            capabilities.put("history", request.history());
        }
        capabilities.put("delete", request.delete());
        capabilities.put("signal", request.signal());
        if (request.presence() != null) {
            capabilities.put("presence", request.presence());
        }
        return capabilities;
    }
}
