package io.socle.realtime.gateway.log;

import io.socle.realtime.contracts.command.SessionKey;

/** Who is told of this node's sessions of MQTT clients; safe for use by the reader's thread. */
public interface SessionSink {
    /** Another connection takes a session that this node has: it is to be handed over. */
    void sessionEnded(SessionKey of, long generation);
}
