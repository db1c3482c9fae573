package io.socle.realtime.gateway.transport.mqtt;

/** How a part of a connection ends it. */
@FunctionalInterface
interface Ending {
    /**
     * Says why where the client's version has words for it, then closes; the will is published.
     *
     * @param reasonCode of DISCONNECT (MQTT 5 section 3.14.2.1)
     */
    void end(int reasonCode, String reason);
}
