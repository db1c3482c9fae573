package io.socle.realtime.bench;

import io.vertx.core.http.WebSocket;
import java.util.concurrent.CountDownLatch;
import java.util.function.LongConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Two peers of one room. The first is there; the second joins and offers. */
final class SignalingPair {
    static final int CANDIDATES = 20;
    /** Of one set-up: the second join, an offer, an answer, the candidates of both. */
    static final int COMMANDS = 3 + 2 * CANDIDATES;

    private static final Pattern PEER = Pattern.compile("\"peer\":\"([0-9a-f]+)\"");
    private static final String SDP = "v=0\\r\\no=- 4611731400430051336 2 IN IP4 127.0.0.1\\r\\ns=-\\r\\nt=0 0\\r\\n"
            + "a=group:BUNDLE 0\\r\\na=extmap-allow-mixed\\r\\na=msid-semantic: WMS\\r\\n"
            + "m=application 9 UDP/DTLS/SCTP webrtc-datachannel\\r\\nc=IN IP4 0.0.0.0\\r\\na=ice-ufrag:k2Fp\\r\\n"
            + "a=ice-pwd:MS6jRT1jqFOL1Hk0yV8rW0nM\\r\\na=ice-options:trickle\\r\\na=fingerprint:sha-256 "
            + "AA:BB:CC:DD:EE:FF:00:11:22:33:44:55:66:77:88:99:AA:BB:CC:DD:EE:FF:00:11:22:33:44:55:66:77:88:99\\r\\n"
            + "a=setup:actpass\\r\\na=mid:0\\r\\na=sctp-port:5000\\r\\na=max-message-size:262144\\r\\n";

    private final String room;
    private final CountDownLatch ready;
    private @Nullable WebSocket first;
    private @Nullable WebSocket second;
    private String firstId = "";
    private String secondId = "";
    private int heard;
    private long began;
    private @Nullable LongConsumer settled;

    SignalingPair(String room, CountDownLatch ready) {
        this.room = room;
        this.ready = ready;
    }

    synchronized void connected(boolean isFirst, WebSocket socket) {
        if (isFirst) {
            first = socket;
            socket.textMessageHandler(this::firstHears);
        } else {
            second = socket;
            socket.textMessageHandler(this::secondHears);
        }
        socket.writeTextMessage("{\"type\":\"connect\",\"id\":1}");
    }

    synchronized void begin(LongConsumer then) {
        settled = then;
        began = System.nanoTime();
        say(second, join());
    }

    private String join() {
        return "{\"type\":\"join\",\"id\":2,\"room\":\"" + room + "\"}";
    }

    private static void say(@Nullable WebSocket socket, String text) {
        if (socket != null) {
            socket.writeTextMessage(text);
        }
    }

    private synchronized void firstHears(String frame) {
        if (frame.startsWith("{\"type\":\"connected\"")) {
            say(first, join());
        } else if (frame.startsWith("{\"type\":\"joined\"")) {
            firstId = id(frame);
            ready.countDown();
        } else if (frame.startsWith("{\"type\":\"peer_joined\"")) {
            secondId = id(frame);
        } else if (frame.startsWith("{\"type\":\"signal\"")) {
            if (frame.contains("\"type\":\"offer\"")) {
                say(first, signal(secondId, "{\"type\":\"answer\",\"negotiation\":1,\"sdp\":\"" + SDP + "\"}"));
                candidates(first, secondId);
            } else {
                hears();
            }
        } else if (frame.startsWith("{\"type\":\"ping\"")) {
            say(first, "{\"type\":\"pong\"}");
        } else if (frame.startsWith("{\"type\":\"problem\"")) {
            System.err.println(frame);
        }
    }

    private synchronized void secondHears(String frame) {
        if (frame.startsWith("{\"type\":\"connected\"")) {
            ready.countDown();
        } else if (frame.startsWith("{\"type\":\"joined\"")) {
            say(second, signal(firstId, "{\"type\":\"offer\",\"sdp\":\"" + SDP + "\"}"));
            candidates(second, firstId);
        } else if (frame.startsWith("{\"type\":\"signal\"")) {
            hears();
        } else if (frame.startsWith("{\"type\":\"ping\"")) {
            say(second, "{\"type\":\"pong\"}");
        } else if (frame.startsWith("{\"type\":\"problem\"")) {
            System.err.println(frame);
        }
    }

    private void candidates(@Nullable WebSocket from, String to) {
        for (int i = 0; i < CANDIDATES; i++) {
            String candidate = "candidate:" + i + " 1 udp 2122260223 192.0.2." + i + " 61665 typ host generation 0";
            say(
                    from,
                    signal(
                            to,
                            "{\"type\":\"candidate\",\"candidate\":{\"candidate\":\"" + candidate
                                    + "\",\"sdpMid\":\"0\",\"sdpMLineIndex\":0,\"usernameFragment\":\"k2Fp\"}}"));
        }
    }

    private String signal(String to, String signal) {
        return "{\"type\":\"signal\",\"room\":\"" + room + "\",\"to\":\"" + to + "\",\"signal\":" + signal + "}";
    }

    /** An answer and all candidates of both make a pair. */
    private void hears() {
        LongConsumer then = settled;
        if (++heard == 1 + 2 * CANDIDATES && then != null) {
            then.accept(System.nanoTime() - began);
        }
    }

    private static String id(String frame) {
        Matcher found = PEER.matcher(frame);
        if (!found.find()) {
            throw new IllegalArgumentException("no peer in " + frame);
        }
        return found.group(1);
    }
}
