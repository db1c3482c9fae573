package io.socle.realtime.launcher.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumer;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DevelopmentTokensTest {
    @TempDir
    Path folder;

    /** WS-18: capabilities are in the claim {@code realtime}. */
    @Test
    void a_token_verifies_with_the_public_key_and_carries_its_capabilities() throws Exception {
        var keys = DevelopmentKeys.openOrMake(folder.resolve("keys"));
        var request = new TokenRequest(
                "alice",
                List.of("chat/#"),
                List.of("chat/+"),
                List.of(),
                List.of("chat/1"),
                null,
                List.of("calls/#"),
                Duration.ofHours(1));
        Instant now = Instant.now();

        JwtClaims claims = verifier(keys).processToClaims(DevelopmentTokens.sign(keys, request, now));

        assertThat(claims.getSubject()).isEqualTo("alice");
        assertThat(claims.getJwtId()).isNotBlank();
        assertThat(claims.getExpirationTime().getValue()).isEqualTo(now.getEpochSecond() + 3600);
        assertThat(claims.getClaimValue("realtime"))
                .isEqualTo(Map.of(
                        "publish",
                        List.of("chat/#"),
                        "subscribe",
                        List.of("chat/+"),
                        "history",
                        List.of(),
                        "delete",
                        List.of("chat/1"),
                        "signal",
                        List.of("calls/#")));
    }

    @Test
    void without_history_the_claim_has_none() throws Exception {
        var keys = DevelopmentKeys.openOrMake(folder);
        var request = TokenRequest.everything("alice", Duration.ofMinutes(1));
        JwtClaims claims = verifier(keys).processToClaims(DevelopmentTokens.sign(keys, request, Instant.now()));
        assertThat(claims.getClaimValue("realtime"))
                .isEqualTo(Map.of(
                        "publish",
                        List.of("#"),
                        "subscribe",
                        List.of("#"),
                        "delete",
                        List.of("#"),
                        "signal",
                        List.of("#")));
    }

    @Test
    void a_token_of_another_folder_does_not_verify() throws Exception {
        var mine = DevelopmentKeys.openOrMake(folder.resolve("mine"));
        var other = DevelopmentKeys.openOrMake(folder.resolve("other"));
        String token =
                DevelopmentTokens.sign(other, TokenRequest.everything("alice", Duration.ofHours(1)), Instant.now());
        assertThatThrownBy(() -> verifier(mine).processToClaims(token)).isInstanceOf(InvalidJwtException.class);
    }

    @Test
    void keys_are_made_once_and_the_private_one_is_for_its_owner_alone() throws Exception {
        var first = DevelopmentKeys.openOrMake(folder);
        var second = DevelopmentKeys.openOrMake(folder);
        assertThat(second.publicKey()).isEqualTo(first.publicKey());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("private.pem"))))
                .isEqualTo("rw-------");
    }

    private static JwtConsumer verifier(DevelopmentKeys keys) throws Exception {
        return new JwtConsumerBuilder()
                .setVerificationKey(keys.publicKey())
                .setExpectedIssuer("realtime-development")
                .setRequireExpirationTime()
                .setRequireIssuedAt()
                .setJwsAlgorithmConstraints(new AlgorithmConstraints(ConstraintType.PERMIT, "ES256"))
                .build();
    }
}
