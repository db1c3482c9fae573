package io.socle.realtime.gateway.bridge;

import io.socle.realtime.gateway.transport.spi.ClientSessions;
import io.socle.realtime.gateway.transport.spi.Connections;
import io.socle.realtime.gateway.transport.spi.Requests;

/** What all bridges of this node share; a bridge is a client of the gateway as a transport is. */
record BridgeNode(
        BridgeLoop loop, Connections connections, Requests requests, ClientSessions sessions, BridgeMetrics metrics) {}
