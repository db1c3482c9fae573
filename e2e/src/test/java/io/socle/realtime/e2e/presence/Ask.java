package io.socle.realtime.e2e.presence;

import io.socle.realtime.contracts.delivery.PresenceReply;
import io.socle.realtime.contracts.frame.PresenceTold;
import io.socle.realtime.contracts.frame.ServerFrame;
import io.socle.realtime.e2e.client.WsClient;

/** What tests of presence ask over WebSocket. */
final class Ask {
    private Ask() {}

    static <T extends PresenceTold> T of(WsClient client, Class<T> type, String json) {
        return type.cast(client.ask(ServerFrame.OfPresence.class, json).told());
    }

    static PresenceTold.Entered enter(WsClient client, String channel, String entry, String state) {
        return of(
                client,
                PresenceTold.Entered.class,
                "{\"type\":\"enter\",\"id\":5,\"channel\":\"%s\",\"entry\":\"%s\",\"state\":%s}"
                        .formatted(channel, entry, state));
    }

    static PresenceTold.Left leave(WsClient client, String channel, String entry) {
        return of(
                client,
                PresenceTold.Left.class,
                "{\"type\":\"leave\",\"id\":6,\"channel\":\"%s\",\"entry\":\"%s\"}".formatted(channel, entry));
    }

    /** A page of members; more fields begin with a comma, or are empty. */
    static PresenceReply.Members members(WsClient client, String channel, String more) {
        return of(
                        client,
                        PresenceTold.Members.class,
                        "{\"type\":\"members\",\"id\":7,\"channel\":\"%s\"%s}".formatted(channel, more))
                .page();
    }
}
