package io.socle.realtime.gateway.transport.mqtt;

import io.socle.realtime.contracts.message.Payload;
import io.socle.realtime.gateway.transport.mqtt.packet.Packet;
import org.jspecify.annotations.Nullable;

/** Who a CONNECT says it is: the password is a token, and the user name is not looked at (clause MQT-4). */
final class Credentials {
    private Credentials() {}

    /**
     * The token; null where the password is none, as with devices that have a fixed one: only open mode lets them in.
     */
    static @Nullable String token(Packet.Connect connect) {
        Payload password = connect.password();
        String text = password == null ? "" : password.utf8();
        boolean looksLikeOne = text.chars().filter(c -> c == '.').count() == 2;
        return looksLikeOne ? text : null;
    }
}
