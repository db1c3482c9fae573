package io.socle.realtime.e2e.pairs;

import io.socle.realtime.e2e.suite.Suite;

/**
 * Where a client writes or reads.
 *
 * @param gateway from 0
 * @param qos that it publishes with or subscribes with
 */
record Place(Suite suite, int gateway, String token, String channel, int qos) {
    private static final int STEP = 10;

    int mqttPort() {
        return suite.mqttPort(gateway);
    }

    String mqttUri() {
        return "tcp://127.0.0.1:" + mqttPort();
    }

    /** The suite as clients of HTTP and WebSocket see it from this gateway. */
    Suite here() {
        return suite.through(suite.gatewayPort() + STEP * gateway);
    }
}
