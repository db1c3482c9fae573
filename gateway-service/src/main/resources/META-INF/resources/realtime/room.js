import { Emitter } from "./emitter.js";
import { RealtimeError } from "./error.js";
import { Peer } from "./peer.js";
import { PeerLog } from "./peerlog.js";

/** Servers' credentials are asked for anew so long before they end, or at half of their life. */
const RENEW_MS = 60_000;
const AGAIN_MS = 1_000;
/** The longest text that every browser sends to a peer in one piece. */
const LONGEST_TEXT = 16_000;

/** A room that this client is a peer of: the others come and go, and each has a connection (docs/protocol/signaling.md). */
export class Room extends Emitter {
  #client;
  #options;
  #forget;
  #state = "joining";
  #metadata;
  #secret;
  #sequence = 0;
  #iceServers = [];
  #renewal;
  #log;

  constructor(client, name, options, forget) {
    super();
    this.#client = client;
    this.#options = options;
    this.#metadata = options.metadata;
    this.#forget = forget;
    this.name = name;
    this.peers = new Map();
  }

  /** `joining`, `joined`, `away` (until the client has come back) or `left`. */
  get state() {
    return this.#state;
  }

  get isIn() {
    return this.#state === "joined";
  }

  get configuration() {
    return { ...this.#options.rtc, iceServers: this.#options.rtc?.iceServers ?? this.#iceServers };
  }

  get RTCPeerConnection() {
    return this.#options.RTCPeerConnection ?? globalThis.RTCPeerConnection;
  }

  get stream() {
    return this.#options.stream;
  }

  /** Joins, or comes back; resolves when it stands. */
  async enter() {
    const back = this.id !== undefined;
    const resume = back ? { peer: this.id, secret: this.#secret, after: this.#sequence } : undefined;
    try {
      this.#entered(await this.#request({ type: "join", metadata: this.#metadata, resume }), back);
    } catch (error) {
      if (this.#state === "left") throw error;
      if (error.code === "peer_unknown" && back) {
        this.#startOver();
        return this.enter();
      }
      if (error.code === "disconnected") return undefined;
      if (!error.retryable || !back) throw this.#end(error);
      await new Promise((resolve) => setTimeout(resolve, error.retryAfterMs ?? AGAIN_MS));
      return this.enter();
    }
    return this;
  }

  #entered(joined, back) {
    this.#state = "joined";
    this.id = joined.peer;
    this.#secret = joined.secret;
    this.#sequence = joined.sequence;
    this.limits = joined.limits;
    this.topology = joined.topology;
    this.#take(joined);
    const there = new Set(joined.peers.map(({ peer }) => peer));
    for (const peer of [...this.peers.values()]) if (!there.has(peer.id)) this.#remove(peer.id, "lost");
    for (const info of joined.peers) {
      if (!this.peers.has(info.peer)) this.#add(info);
      else this.#update(info.peer, info.metadata);
    }
    for (const peer of this.peers.values()) peer.resume(back && joined.missed === true);
    this.#follow(joined.channel);
    this.emit("state", "joined");
  }

  /** Away for too long: for the others this one has left, and comes anew. */
  #startOver() {
    for (const id of [...this.peers.keys()]) this.#remove(id, "lost");
    this.id = undefined;
    this.#sequence = 0;
  }

  /** The client has lost its connection. What peers have with each other goes on. */
  pause() {
    if (this.#state !== "joined") return;
    this.#state = "away";
    this.emit("state", "away");
  }

  frame(frame) {
    if (frame.sequence !== undefined) {
      if (frame.sequence <= this.#sequence) return;
      this.#sequence = frame.sequence;
    }
    switch (frame.type) {
      case "signal":
        this.peers.get(frame.from)?.hear(frame.signal);
        break;
      case "peer_joined":
        this.#add(frame);
        break;
      case "peer_updated":
        this.#update(frame.peer, frame.metadata);
        break;
      case "peer_left":
        this.#remove(frame.peer, frame.reason);
        break;
      case "call":
        this.emit("call", frame);
        break;
      case "room_left":
        this.#ended(RealtimeError.of(frame.problem));
        break;
    }
  }

  /** Where the place is kept, what was told may be lost, and comes again (SIG-15). */
  #ended(error) {
    if (!error.retryable) return this.#end(error);
    this.pause();
    return this.enter().catch(() => {});
  }

  #add(info) {
    const peer = new Peer(this, info);
    this.peers.set(peer.id, peer);
    peer.on("open", () => this.#shorten(peer));
    peer.on("data", (text) => this.#received(peer, text));
    this.emit("peer", peer);
  }

  #update(id, metadata) {
    const peer = this.peers.get(id);
    if (peer === undefined || JSON.stringify(peer.metadata) === JSON.stringify(metadata)) return;
    peer.metadata = metadata;
    this.emit("updated", peer);
  }

  #remove(id, reason) {
    const peer = this.peers.get(id);
    if (peer === undefined) return;
    this.peers.delete(id);
    peer.way?.end();
    peer.close();
    this.emit("left", { peer, reason });
  }

  say(to, signal) {
    return this.#request({ type: "signal", to, signal });
  }

  #request(frame) {
    return this.#client.request({ ...frame, room: this.name });
  }

  /** Replaces what the others are told of this peer, such as {"muted": true}. */
  async update(metadata) {
    this.#metadata = metadata;
    await this.#request({ type: "update_peer", metadata });
  }

  /** Sends a stream's tracks to all peers, also those that come later. */
  addStream(stream) {
    this.#options = { ...this.#options, stream };
    for (const peer of this.peers.values()) peer.addStream(stream);
  }

  /** Calls subjects into the room: {call, expires}. What becomes of it comes as the event `call`. */
  ring(callees, options = {}) {
    return this.#request({ type: "ring", callees, ...options });
  }

  cancel(call) {
    return this.#request({ type: "cancel", call });
  }

  /** Leaves for good, and closes all connections to peers. */
  async leave() {
    if (this.#state === "left") return;
    const told = this.#request({ type: "leave_room" });
    this.#end();
    await told;
  }

  /** The client is closed. */
  close() {
    this.#end();
  }

  #end(error) {
    if (this.#state === "left") return error;
    this.#state = "left";
    clearTimeout(this.#renewal);
    for (const id of [...this.peers.keys()]) this.#remove(id, "bye");
    this.#log?.end().catch(() => {});
    this.#forget();
    this.emit("state", "left");
    if (error !== undefined) this.emit("error", error);
    return error;
  }

  /** Takes the servers, and asks for them anew before their credential ends (SIG-32). */
  #take({ iceServers, iceExpires }) {
    this.#iceServers = iceServers;
    clearTimeout(this.#renewal);
    if (iceExpires === undefined) return;
    const left = Date.parse(iceExpires) - Date.now();
    this.#renewal = setTimeout(() => this.#renew(), Math.max(AGAIN_MS, left / 2, left - RENEW_MS));
  }

  async #renew() {
    try {
      this.#take(await this.#request({ type: "ice" }));
      for (const { connection } of this.peers.values()) connection.setConfiguration(this.configuration);
    } catch {
      // Coming back brings new ones.
      if (this.isIn) this.#renewal = setTimeout(() => this.#renew(), AGAIN_MS);
    }
  }

  /**
   * Sends data to all peers, and where the room has a log of record publishes it there too: each gets it once, by whichever
   * way it comes first (SIG-61). Resolves when it is in the log, or at once where there is none.
   */
  async publish(data) {
    if (this.#log !== undefined) return this.#log.publish(data);
    const text = JSON.stringify({ data });
    for (const peer of this.peers.values()) send(peer, text);
    return undefined;
  }

  /** The channel of record, from when the room is first joined. */
  #follow(channel) {
    this.channel = channel;
    if (channel === undefined || this.#log !== undefined) return;
    this.#log = new PeerLog(this.#client.channel(channel), {
      onMessage: (data, from) => from.via === "own" || this.emit("message", { data, ...from }),
      onLost: (range) => this.emit("lost", range),
      onError: (error) => this.emit("error", error),
    });
    for (const peer of this.peers.values()) this.#shorten(peer);
  }

  /** What goes through the log also goes by the peer's channel, as long as that is open. */
  #shorten(peer) {
    if (this.#log === undefined || peer.channel.readyState !== "open" || peer.way !== undefined) return;
    peer.way = this.#log.open({ send: (text) => send(peer, text) });
  }

  #received(peer, text) {
    this.#shorten(peer);
    if (peer.way !== undefined) peer.way.received(text);
    else this.#direct(peer, text);
  }

  #direct(peer, text) {
    try {
      this.emit("message", { data: JSON.parse(text).data, author: peer.id, via: "peer" });
    } catch {
      // A peer of another make says what this one does not understand.
    }
  }
}

/** A text that is too long for some browsers goes by the log only. */
function send({ channel }, text) {
  if (channel.readyState === "open" && text.length <= LONGEST_TEXT) channel.send(text);
}
