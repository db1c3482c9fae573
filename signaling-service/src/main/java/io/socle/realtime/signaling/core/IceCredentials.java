package io.socle.realtime.signaling.core;

import io.socle.realtime.contracts.message.ChannelName;
import io.socle.realtime.contracts.signaling.IceServers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Credentials for TURN servers that share a secret with this service and nothing else (clause SIG-31). */
final class IceCredentials {
    private static final String PLAIN = "-._~/@";
    /** STUN's USERNAME has at most 512 bytes; what is cut off only tells whoever reads the server's log less. */
    private static final int NAME_CHARACTERS = 400;

    private IceCredentials() {}

    static IceServers of(Bounds.Ice ice, String subject, ChannelName room, long now) {
        List<IceServers.Server> servers = new ArrayList<>();
        if (!ice.stun().isEmpty()) {
            servers.add(new IceServers.Server(ice.stun(), null));
        }
        Signer signer = ice.signer();
        if (ice.turn().isEmpty() || signer == null) {
            return new IceServers(servers, null);
        }
        Instant expires = Instant.ofEpochSecond((now + ice.timeToLive().toMillis()) / 1000);
        String whose = escaped(subject + "@" + room.value());
        String username =
                expires.getEpochSecond() + ":" + whose.substring(0, Math.min(whose.length(), NAME_CHARACTERS));
        servers.add(new IceServers.Server(ice.turn(), new IceServers.Credential(username, signer.sign(username))));
        return new IceServers(servers, expires);
    }

    /** ASCII that needs no preparation as a name. */
    private static String escaped(String text) {
        StringBuilder escaped = new StringBuilder();
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            if (c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || PLAIN.indexOf(c) >= 0) {
                escaped.append(c);
            } else {
                escaped.append('%').append(String.format("%02X", (int) c));
            }
        }
        return escaped.toString();
    }
}
