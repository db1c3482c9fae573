package io.socle.realtime.contracts.signaling;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The servers by which a peer gathers candidates.
 *
 * @param expires when the credential ends; null where there is none
 */
public record IceServers(List<Server> servers, @Nullable Instant expires) {
    public IceServers {
        servers = List.copyOf(servers);
    }

    /** One server, or several that take the same credential, as a browser's RTCIceServer. */
    public record Server(List<String> urls, @Nullable Credential credential) {
        public Server {
            urls = List.copyOf(urls);
        }
    }

    /** A name and a password for a short time (clause SIG-31). */
    public record Credential(String username, String password) {
        /** Whoever reads it may use the server. */
        @Override
        public String toString() {
            return "Credential[hidden]";
        }
    }
}
