/**
 * The suite's client for browsers: channels, resume, an outbox that survives a reload.
 * Types and documentation of the interface: realtime.d.ts.
 */
export { Realtime } from "./realtime/client.js";
export { RealtimeError } from "./realtime/error.js";
export { PeerLog } from "./realtime/peerlog.js";
