import { Backoff } from "./backoff.js";
import { Calls } from "./calls.js";
import { Channel } from "./channel.js";
import { Emitter } from "./emitter.js";
import { RealtimeError } from "./error.js";
import { Link } from "./link.js";
import { openOutbox } from "./outbox.js";
import { Presence } from "./presence.js";
import { Room } from "./room.js";
import { Subscription } from "./subscription.js";

/** A connection that has lived so long was no failure: the next break begins with short waits again. */
const STABLE_MS = 5_000;
/** A token is renewed so long before it ends. */
const RENEW_MS = 30_000;
/** How often a token that was refused is asked for anew before the client gives up. */
const REFUSALS = 3;
const LONGEST_TIMER_MS = 2 ** 31 - 1;

export class Realtime extends Emitter {
  #options;
  #link;
  #state = "idle";
  #info;
  #backoff;
  #timers = new Map();
  #refusals = 0;
  #subscriptions = new Map();
  #names = 0;
  #rooms = new Map();
  #outbox;
  #present = new Set();
  #wake = () => this.#state === "waiting" && this.#open();

  constructor(options = {}) {
    super();
    this.#options = { url: defaultUrl(), WebSocket: globalThis.WebSocket, random: Math.random, ...options };
    this.#backoff = new Backoff(this.#options.random);
    this.#outbox = openOutbox(this.#options, {
      send: (message) => this.request({ type: "publish", message }),
      dropped: (event) => this.emit("dropped", event),
    });
    globalThis.addEventListener?.("online", this.#wake);
    this.#open();
  }

  /** `connecting`, `connected`, `waiting` (to connect again), `closed` (by the page) or `failed` (by the server, for good). */
  get state() {
    return this.#state;
  }

  /** What the server said in `connected`; undefined before. */
  get info() {
    return this.#info;
  }

  channel(name) {
    return new Channel(this, this.#outbox, name);
  }

  presence(channel) {
    return new Presence(this, channel);
  }

  /** What is entered there is entered again with each new connection. */
  keepPresent(presence, keep = true) {
    if (keep) this.#present.add(presence);
    else this.#present.delete(presence);
  }

  subscribe(options) {
    const subscription = new Subscription(this, `s${this.#names++}`, options, () =>
      this.#subscriptions.delete(subscription.name),
    );
    this.#subscriptions.set(subscription.name, subscription);
    if (this.#state === "connected") subscription.resume();
    return subscription;
  }

  /** Joins a room; resolves with it when the server has answered. One at a time of each name. */
  async room(name, options = {}) {
    if (this.#rooms.has(name)) throw new RealtimeError("already_in_room", `this client is in ${name}`);
    const room = new Room(this, name, options, () => this.#rooms.delete(name));
    this.#rooms.set(name, room);
    return new Promise((resolve, reject) => {
      const ends = [
        room.on("state", (state) => {
          if (state !== "away") ends.forEach((end) => end());
          if (state === "joined") resolve(room);
        }),
        room.on("error", reject),
      ];
      if (this.#state === "connected") room.enter().catch(reject);
    });
  }

  /** Listens for calls to this client's subject, once it is connected: {onRinging, onSettled, onError}. */
  async calls(listeners) {
    if (this.#info === undefined) await new Promise((resolve) => this.on("state", () => this.#info && resolve()));
    return new Calls(this, this.#info.subject, listeners);
  }

  /** How many publishes wait to be acknowledged. */
  get waiting() {
    return this.#outbox.size;
  }

  /** Sends one command of the protocol; fails as `disconnected` where there is no connection. */
  request(frame) {
    return this.#state === "connected" ? this.#link.request(frame) : Promise.reject(notConnected());
  }

  /** Sends a frame that has no answer. It is lost where there is no connection. */
  send(frame) {
    if (this.#state === "connected") this.#link.send(frame);
  }

  /** Ends the connection for good. What waits in a named outbox is sent by the next client of that name. */
  close() {
    globalThis.removeEventListener?.("online", this.#wake);
    this.#outbox.close();
    for (const room of [...this.#rooms.values()]) room.close();
    this.#become("closed");
    this.#link?.close();
  }

  async #open() {
    this.#become("connecting");
    let token;
    try {
      token = await this.#token();
    } catch (error) {
      this.emit("error", new RealtimeError("token_unavailable", String(error?.message ?? error), { retryable: true }));
      if (this.#state === "connecting") this.#comeBack();
      return;
    }
    if (this.#state !== "connecting") return;
    this.#link = new Link(this.#options.WebSocket, this.#options.url, token, {
      ready: (connected) => this.#ready(connected),
      frame: (frame) => this.#frame(frame),
      end: (disconnect) => this.#ended(disconnect),
    });
  }

  async #token() {
    const { token } = this.#options;
    return typeof token === "function" ? token() : token;
  }

  #ready(connected) {
    this.#info = connected;
    this.#refusals = 0;
    this.#after("stable", STABLE_MS, () => this.#backoff.reset());
    this.#renewLater(connected.expires);
    this.#become("connected");
    for (const subscription of this.#subscriptions.values()) subscription.resume();
    for (const presence of this.#present) presence.resume();
    for (const room of this.#rooms.values()) room.enter().catch((error) => this.emit("error", error));
    this.#outbox.resume();
  }

  #frame(frame) {
    if (frame.subscription !== undefined) this.#subscriptions.get(frame.subscription)?.frame(frame);
    else if (frame.room !== undefined) this.#rooms.get(frame.room)?.frame(frame);
    else if (frame.type === "problem") this.emit("error", RealtimeError.of(frame));
    else this.emit(frame.type, frame);
  }

  #ended(disconnect) {
    for (const timer of this.#timers.values()) clearTimeout(timer);
    this.#timers.clear();
    for (const room of this.#rooms.values()) room.pause();
    if (this.#state === "closed") return;
    this.#outbox.pause();
    if (disconnect === undefined || disconnect.reconnectAfterMs !== undefined) {
      this.#comeBack(disconnect?.reconnectAfterMs);
    } else if (isAboutToken(disconnect) && typeof this.#options.token === "function" && this.#refusals++ < REFUSALS) {
      this.#comeBack();
    } else {
      this.#fail(disconnect);
    }
  }

  #fail({ code, reason }) {
    const error = new RealtimeError(code, reason);
    this.#outbox.close();
    this.#become("failed");
    this.emit("error", error);
    for (const subscription of [...this.#subscriptions.values()]) subscription.fail(error);
    for (const room of [...this.#rooms.values()]) room.close();
  }

  #comeBack(adviceMs) {
    this.#become("waiting");
    this.#after("reconnect", this.#backoff.next(adviceMs), this.#wake);
  }

  /** A token with an end is renewed on the living connection (WS-19). */
  #renewLater(expires) {
    if (expires === undefined || typeof this.#options.token !== "function") return;
    const left = Date.parse(expires) - Date.now();
    this.#after("renew", Math.max(left / 2, left - RENEW_MS), () => this.#renew(expires));
  }

  async #renew(expires) {
    try {
      const token = await this.#token();
      const refreshed = await this.request({ type: "refresh", token });
      this.#renewLater(refreshed.expires);
    } catch (error) {
      // The server ends the connection when the old one expires; until then another try does no harm.
      this.emit("error", error);
      if (this.#state === "connected" && Date.parse(expires) - Date.now() > 1_000) this.#renewLater(expires);
    }
  }

  #after(name, ms, task) {
    clearTimeout(this.#timers.get(name));
    this.#timers.set(name, setTimeout(task, Math.min(ms, LONGEST_TIMER_MS)));
  }

  #become(state) {
    if (this.#state === state) return;
    this.#state = state;
    this.emit("state", state);
  }
}

function defaultUrl() {
  if (globalThis.location === undefined) return undefined;
  return `${location.protocol === "https:" ? "wss:" : "ws:"}//${location.host}/ws`;
}

function isAboutToken({ code }) {
  return code === "token_expired" || code === "unauthorized";
}

function notConnected() {
  return new RealtimeError("disconnected", "there is no connection now", { retryable: true });
}
