package io.socle.realtime.launcher.cli;

import io.socle.realtime.launcher.exit.Refusal;
import io.socle.realtime.launcher.suite.Part;
import io.socle.realtime.launcher.suite.SuiteSettings;
import io.socle.realtime.launcher.token.DevelopmentKeys;
import io.socle.realtime.launcher.token.DevelopmentTokens;
import io.socle.realtime.launcher.token.TokenRequest;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Options of the commands that are clients of a gateway. */
final class ClientOptions {
    private static final Duration TOKEN_LIFE = Duration.ofHours(1);

    @Mixin
    SuiteOptions suite = new SuiteOptions();

    @Option(
            names = "--url",
            paramLabel = "URL",
            defaultValue = "${env:REALTIME_URL}",
            description = "Gateway, such as https://realtime.example; default: $REALTIME_URL, else this machine's.")
    @Nullable
    String url;

    @Option(
            names = "--token",
            paramLabel = "JWT",
            defaultValue = "${env:REALTIME_TOKEN}",
            description = "Default: $REALTIME_TOKEN, else one signed with the data folder's development key.")
    @Nullable
    String token;

    /** The gateway's address, http or https. */
    URI httpUrl() {
        String text = url == null || url.isEmpty()
                ? "http://" + SuiteSettings.LOOPBACK + ":" + Part.GATEWAY.port(suite.portOffset)
                : url;
        try {
            URI uri = URI.create(text);
            String scheme = uri.getScheme();
            if (uri.getHost() != null && ("http".equals(scheme) || "https".equals(scheme))) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            throw Refusal.usage("--url " + text + " is no URL: " + e.getMessage() + ".");
        }
        throw Refusal.usage("--url " + text + " must begin with http:// or https:// and name a host.");
    }

    URI webSocketUrl() {
        String base = httpUrl().toString().replaceFirst("^http", "ws").replaceAll("/+$", "");
        return URI.create(base + "/ws");
    }

    /** The token to use, or null where there is none to be had: an open suite needs none. */
    @Nullable
    String tokenOrNull() {
        if (token != null && !token.isEmpty()) {
            return token;
        }
        Path keys = suite.dataFolder().keys();
        if ((url != null && !url.isEmpty()) || !DevelopmentKeys.presentIn(keys)) {
            return null;
        }
        try {
            return DevelopmentTokens.sign(
                    DevelopmentKeys.openOrMake(keys), TokenRequest.everything("developer", TOKEN_LIFE), Instant.now());
        } catch (IOException e) {
            throw new Refusal("The development key cannot be used: " + e.getMessage() + ".");
        }
    }
}
