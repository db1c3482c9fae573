import { Emitter } from "./emitter.js";
import { report } from "./error.js";

/** How long until a signal that could not be taken for now is said again. */
const AGAIN_MS = 1_000;
/** The data channel that each pair has from the beginning; both make it, so that nobody has to wait for the other's. */
const CHANNEL = { negotiated: true, id: 0 };

/**
 * One other peer of a room and the connection to it, by perfect negotiation (docs/protocol/signaling.md, SIG-20 to SIG-27).
 * What is said goes out one at a time and in order; what was not answered is said again when the client has come back.
 */
export class Peer extends Emitter {
  #room;
  #queue = [];
  #pumping = false;
  #work = Promise.resolve();
  #making = false;
  #begun;
  #number;
  #closed = false;

  /** @param room {configuration, RTCPeerConnection, stream, isIn, say(to, signal)} */
  constructor(room, info) {
    super();
    this.#room = room;
    this.id = info.peer;
    this.subject = info.subject;
    this.polite = info.polite;
    this.metadata = info.metadata;
    // Of two the newcomer offers first, which is the impolite one: so the first offers do not collide.
    this.#begun = !info.polite;
    this.connection = new room.RTCPeerConnection(room.configuration);
    this.channel = this.connection.createDataChannel("realtime", CHANNEL);
    this.#listen();
    if (room.stream !== undefined) this.addStream(room.stream);
  }

  /** `new`, `connecting`, `connected`, `disconnected`, `failed` or `closed`. */
  get state() {
    return this.#closed ? "closed" : this.connection.connectionState;
  }

  addStream(stream) {
    for (const track of stream.getTracks()) this.connection.addTrack(track, stream);
  }

  /** Gathers candidates anew, as after a change of the network. */
  restartIce() {
    this.#begun = true;
    this.connection.restartIce();
  }

  /** Offers now, whatever the other does: where both do, the impolite one's offer stands. */
  negotiate() {
    this.#begun = true;
    return this.#offer();
  }

  /** The room has heard from the server again. */
  resume(missed) {
    this.#pump();
    if (missed) this.restartIce();
  }

  hear(signal) {
    this.#work = this.#work.then(() => this.#closed || this.#take(signal)).catch(report);
  }

  close() {
    if (this.#closed) return;
    this.#closed = true;
    this.#queue.length = 0;
    this.connection.close();
    this.emit("state", "closed");
  }

  #listen() {
    const { connection } = this;
    connection.onnegotiationneeded = () => this.#begun && this.#offer().catch(report);
    connection.onicecandidate = ({ candidate }) =>
      this.#say(candidate ? { type: "candidate", candidate: candidate.toJSON() } : { type: "end_of_candidates" });
    connection.oniceconnectionstatechange = () => {
      if (connection.iceConnectionState === "failed") this.restartIce();
    };
    connection.onconnectionstatechange = () => this.#closed || this.emit("state", connection.connectionState);
    connection.ontrack = (event) => this.emit("track", event);
    this.channel.onopen = () => this.emit("open", this.channel);
    this.channel.onmessage = (event) => this.emit("data", event.data);
  }

  async #offer() {
    const { connection } = this;
    if (this.#closed || connection.signalingState !== "stable") return;
    this.#making = true;
    try {
      await connection.setLocalDescription();
      // The other's offer may have come between: then this is its answer, or there is nothing to say.
      if (connection.signalingState !== "have-local-offer") return;
      this.#number = undefined;
      this.#say({ type: "offer", sdp: connection.localDescription.sdp }, ({ negotiation }) => {
        this.#number = negotiation;
      });
    } finally {
      this.#making = false;
    }
  }

  async #take(signal) {
    const { connection } = this;
    switch (signal.type) {
      case "offer":
        return this.#answer(signal);
      case "answer":
        // One to an offer that was replaced meanwhile crossed it.
        if (signal.negotiation === this.#number && connection.signalingState === "have-local-offer") {
          await connection.setRemoteDescription({ type: "answer", sdp: signal.sdp });
        }
        return undefined;
      case "rollback":
        if (connection.signalingState === "have-remote-offer") await connection.setRemoteDescription({ type: "rollback" });
        return undefined;
      case "candidate":
        return this.#add(signal.candidate);
      case "end_of_candidates":
        return this.#add(undefined);
      case "restart":
        return this.restartIce();
      default:
        return undefined;
    }
  }

  async #answer({ negotiation, sdp }) {
    const { connection } = this;
    const collides = this.#making || connection.signalingState !== "stable";
    if (collides && !this.polite) return;
    if (collides) this.#withdraw();
    await connection.setRemoteDescription({ type: "offer", sdp });
    this.#begun = true;
    await connection.setLocalDescription();
    this.#say({ type: "answer", negotiation, sdp: connection.localDescription.sdp });
  }

  /**
   * The own offer must not be said behind the answer to the other's. The first in the queue may be on its way: the server passes over it, and over
   * candidates that belong to it; those that belong to what stands are still of use.
   */
  #withdraw() {
    const [first] = this.#queue;
    const kept = this.#queue.filter((one) => one.signal.type !== "offer" || (this.#pumping && one === first));
    this.#queue.splice(0, this.#queue.length, ...kept);
    if (this.#pumping && first?.signal.type === "offer") first.withdrawn = true;
  }

  /** A candidate of an offer that was passed over belongs to nothing. */
  async #add(candidate) {
    try {
      await this.connection.addIceCandidate(candidate);
    } catch (error) {
      this.emit("candidateignored", error);
    }
  }

  #say(signal, told) {
    if (this.#closed) return;
    this.#queue.push({ signal, told });
    this.#pump();
  }

  async #pump() {
    if (this.#pumping) return;
    this.#pumping = true;
    while (this.#queue.length > 0 && this.#room.isIn) {
      if (!(await this.#sayFirst(this.#queue[0]))) break;
    }
    this.#pumping = false;
  }

  /** It crossed the word that the room has to be come back to. */
  #isBetween({ code }) {
    return code === "not_in_room" && !this.#room.isIn;
  }

  /** Whether to go on. */
  async #sayFirst(first) {
    try {
      const answer = await this.#room.say(this.id, first.signal);
      if (this.#queue[0] === first) this.#queue.shift();
      if (!first.withdrawn) first.told?.(answer);
    } catch (error) {
      if (error.code === "disconnected" || this.#isBetween(error)) return false;
      if (error.retryable && !first.withdrawn) {
        await new Promise((resolve) => setTimeout(resolve, error.retryAfterMs ?? AGAIN_MS));
      } else {
        if (this.#queue[0] === first) this.#queue.shift();
        if (!error.retryable) this.emit("refused", error);
      }
    }
    return true;
  }
}
