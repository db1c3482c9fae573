package io.socle.realtime.bench;

import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketConnectOptions;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A server under test: how a client joins a room and publishes there, and what a delivery looks like. The room is a channel
 * of the suite; the peers have one room only.
 */
enum Peer {
    /** This suite's gateway. */
    REALTIME {
        @Override
        WebSocketConnectOptions options(int port) {
            return base(port).setURI("/ws").addSubProtocol("realtime.v1.json");
        }

        @Override
        void join(WebSocket socket, String channel) {
            socket.writeTextMessage("{\"type\":\"connect\",\"id\":1}");
            socket.writeTextMessage(
                    "{\"type\":\"subscribe\",\"id\":2,\"subscription\":\"s\",\"channel\":\"" + channel + "\"}");
        }

        @Override
        boolean joined(String message) {
            return message.startsWith("{\"type\":\"subscribed\"");
        }

        @Override
        String publish(String channel, String data) {
            return "{\"type\":\"publish\",\"message\":{\"channel\":\"" + channel + "\",\"text\":\"" + data + "\"}}";
        }

        @Override
        boolean isDelivery(String message) {
            return message.startsWith("{\"type\":\"message\"");
        }

        @Override
        boolean isRefusal(String message) {
            return message.startsWith("{\"type\":\"problem\"");
        }
    },

    /** The npm package ws with a room of everybody. */
    WS {
        @Override
        WebSocketConnectOptions options(int port) {
            return base(port).setURI("/");
        }

        @Override
        void join(WebSocket socket, String channel) {
            socket.writeTextMessage("join");
        }

        @Override
        boolean joined(String message) {
            return message.equals("joined");
        }

        @Override
        String publish(String channel, String data) {
            return "{\"data\":\"" + data + "\"}";
        }

        @Override
        boolean isDelivery(String message) {
            return message.startsWith("{\"data\"");
        }
    },

    /** Socket.IO over its WebSocket transport (Engine.IO protocol 4). */
    SOCKETIO {
        @Override
        WebSocketConnectOptions options(int port) {
            return base(port).setURI("/socket.io/?EIO=4&transport=websocket");
        }

        @Override
        void join(WebSocket socket, String channel) {
            socket.writeTextMessage("40");
        }

        @Override
        @Nullable
        String answer(String message) {
            if (message.startsWith("40{")) {
                // The server drops events that come before it has let the client into the namespace.
                return "42[\"join\"]";
            }
            // Engine.IO's ping; without a pong the server would drop the client.
            return message.equals("2") ? "3" : null;
        }

        @Override
        boolean joined(String message) {
            return message.equals("42[\"joined\"]");
        }

        @Override
        String publish(String channel, String data) {
            return "42[\"publish\",{\"data\":\"" + data + "\"}]";
        }

        @Override
        boolean isDelivery(String message) {
            return message.startsWith("42[\"message\"");
        }
    };

    abstract WebSocketConnectOptions options(int port);

    abstract void join(WebSocket socket, String channel);

    abstract boolean joined(String message);

    abstract String publish(String channel, String data);

    abstract boolean isDelivery(String message);

    /** Whether the server refused a message, as the suite does beyond what it can take; the peers never do. */
    boolean isRefusal(String message) {
        return false;
    }

    /** What the client has to say to a message of the protocol itself, if anything. */
    @Nullable
    String answer(String message) {
        return null;
    }

    private static WebSocketConnectOptions base(int port) {
        return new WebSocketConnectOptions().setHost("127.0.0.1").setPort(port);
    }

    static Peer of(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT));
    }
}
