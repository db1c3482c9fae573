import { RealtimeError, report } from "./error.js";

const RETRY_MS = 500;
/** What cannot be resumed from: its place is of another life of the channel, or never was. */
const NO_SUCH_PLACE = ["unknown_position", "channel_deleted", "invalid_cursor"];

/**
 * What one subscription has seen, over all connections of its client. After a break it goes on behind its last place, so
 * each message comes once; what cannot come any more is told: `lost`, `skipped`, `reset`.
 */
export class Subscription {
  #client;
  #options;
  #forget;
  #place;
  #ended = false;
  #retry;

  constructor(client, name, options, forget) {
    this.#client = client;
    this.name = name;
    this.#options = { ...options };
    this.#place = options.since;
    this.#forget = forget;
  }

  /** Where it would go on: {position} of a channel, {cursor} of a filter; keep it to resume after a reload. */
  get place() {
    return this.#place;
  }

  /** Asks the server for what comes after the last place; called whenever there is a connection. */
  async resume() {
    clearTimeout(this.#retry);
    if (this.#ended) return;
    try {
      this.#stands(await this.#client.request(this.#subscribe()));
    } catch (error) {
      this.#refused(error);
    }
  }

  #subscribe() {
    const { channel, filter, qos, overflow, maxUnacked, durable } = this.#options;
    const since = durable === undefined ? this.#place : this.#options.since;
    return { type: "subscribe", subscription: this.name, channel, filter, since, qos, overflow, maxUnacked, durable };
  }

  #stands(subscribed) {
    if (this.#place === undefined) this.#reached(subscribed.cursor);
    this.#tell("onSubscribed", subscribed);
  }

  #refused(error) {
    if (this.#ended || error.code === "disconnected") return;
    if (NO_SUCH_PLACE.includes(error.code) && this.#place !== undefined && this.#place !== this.#options.since) {
      this.#startAnew(error);
    } else if (error.retryable) {
      this.#retry = setTimeout(() => this.resume(), error.retryAfterMs ?? RETRY_MS);
    } else {
      this.fail(error);
    }
  }

  /** What came between the last place and now is not known, and the page is told so. */
  #startAnew(error) {
    const from = this.#place;
    this.#place = undefined;
    this.#tell("onReset", { from, code: error.code });
    this.resume();
  }

  /** A frame of the server for this subscription. */
  frame(frame) {
    switch (frame.type) {
      case "message":
        this.#tell("onMessage", frame.message, frame);
        this.#reached(frame.cursor ?? frame.message.position);
        this.#acknowledge(frame);
        break;
      case "skipped":
        this.#tell("onSkipped", frame);
        this.#passed(frame);
        break;
      case "lost":
        this.#tell("onLost", frame);
        this.#passed(frame);
        break;
      case "caught_up":
        this.#reached(frame.cursor);
        this.#tell("onCaughtUp", frame);
        break;
      case "slow":
        this.#tell("onSlow", frame);
        break;
      case "unsubscribed":
        this.fail(RealtimeError.of(frame.problem));
        break;
      default: // Of a newer server (WS-23).
    }
  }

  /** A range of positions is behind us; a filter's place is told by its cursors only. */
  #passed({ cursor, to }) {
    this.#reached(this.#options.filter === undefined ? to : cursor);
  }

  #reached(place) {
    if (place === undefined) return;
    this.#place = this.#options.filter === undefined ? { position: place } : { cursor: place };
  }

  #acknowledge({ message }) {
    if (this.#options.durable !== undefined && this.#options.manualAck !== true) this.ack(message);
  }

  /** Acknowledges this message and all before it (durable subscriptions). */
  ack(message) {
    this.#client.send({ type: "ack", subscription: this.name, cursor: message.position });
  }

  /** Ends it. With {delete: true} a durable one is forgotten by the server too. */
  async end(options = {}) {
    if (this.#ended) return;
    this.#leave();
    try {
      await this.#client.request({ type: "unsubscribe", subscription: this.name, delete: options.delete });
    } catch (error) {
      // Without a connection there is nothing to end; but what was to be forgotten is not.
      if (error.code !== "disconnected" || options.delete) throw error;
    }
  }

  /** It is over, and why. */
  fail(error) {
    this.#leave();
    this.#tell("onError", error);
  }

  #leave() {
    this.#ended = true;
    clearTimeout(this.#retry);
    this.#forget();
  }

  #tell(listener, ...event) {
    try {
      this.#options[listener]?.(...event, this);
    } catch (error) {
      report(error);
    }
  }
}
