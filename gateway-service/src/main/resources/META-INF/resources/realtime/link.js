import { RealtimeError } from "./error.js";

const SUBPROTOCOL = "realtime.v1.json";
const HEARTBEAT_MS = 15_000;
const REQUESTS = 64;

/** One WebSocket, from its opening to its end. It ends once; what was not answered by then fails as `disconnected`. */
export class Link {
  #socket;
  #events;
  #nextId = 1;
  #answers = new Map();
  #waiting = [];
  #most = REQUESTS;
  #heartbeatMs = HEARTBEAT_MS;
  #heard = Date.now();
  #watch;
  #disconnect;
  #ended = false;

  /**
   * @param token the bearer token, or undefined in open mode. It goes into the first frame, not into the handshake, so
   *     that a refusal has a code (WS-2).
   * @param events {ready(connected), frame(frame), end(disconnect or undefined)}
   */
  constructor(WebSocket, url, token, events) {
    this.#events = events;
    this.#socket = new WebSocket(url, [SUBPROTOCOL]);
    this.#socket.onopen = () => this.send({ type: "connect", id: 0, token });
    this.#socket.onmessage = ({ data }) => this.#received(JSON.parse(data));
    this.#socket.onclose = () => this.#end();
    this.#watchSilence();
  }

  send(frame) {
    if (!this.#ended) this.#socket.send(JSON.stringify(frame));
  }

  /** Sends a command; resolves with its reply, fails with the problem. No more wait for replies than the server allows (WS-12). */
  request(frame) {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ frame, resolve, reject });
      this.#sendWaiting();
    });
  }

  close() {
    this.#end();
  }

  #sendWaiting() {
    while (!this.#ended && this.#waiting.length > 0 && this.#answers.size < this.#most) {
      const { frame, resolve, reject } = this.#waiting.shift();
      const id = this.#nextId++;
      this.#answers.set(id, { resolve, reject });
      this.send({ ...frame, id });
    }
    if (this.#ended) this.#failAll();
  }

  #received(frame) {
    if (this.#ended) return;
    this.#heard = Date.now();
    const answer = this.#answers.get(frame.id);
    if (answer !== undefined) {
      this.#answers.delete(frame.id);
      if (frame.type === "problem") answer.reject(RealtimeError.of(frame));
      else answer.resolve(frame);
      this.#sendWaiting();
      return;
    }
    switch (frame.type) {
      case "connected":
        this.#connected(frame);
        break;
      case "ping":
        this.send({ type: "pong" });
        break;
      case "disconnect":
        this.#disconnect = frame;
        break;
      default:
        this.#events.frame(frame);
    }
  }

  #connected(frame) {
    this.#heartbeatMs = frame.heartbeatMs;
    this.#most = Math.max(1, Math.min(REQUESTS, frame.limits?.inFlight ?? REQUESTS));
    this.#watchSilence();
    this.#events.ready(frame);
  }

  /** A link on which nothing comes for two heartbeats is dead, whatever the browser thinks of it (WS-6). */
  #watchSilence() {
    clearInterval(this.#watch);
    this.#watch = setInterval(() => {
      if (Date.now() - this.#heard > 2 * this.#heartbeatMs) this.#end();
    }, this.#heartbeatMs / 2);
  }

  #end() {
    if (this.#ended) return;
    this.#ended = true;
    clearInterval(this.#watch);
    this.#socket.close();
    this.#failAll();
    this.#events.end(this.#disconnect);
  }

  #failAll() {
    const error = new RealtimeError("disconnected", "the connection ended before the answer", { retryable: true });
    for (const { reject } of [...this.#answers.values(), ...this.#waiting.splice(0)]) reject(error);
    this.#answers.clear();
  }
}
