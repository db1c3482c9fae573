import { RealtimeError, report } from "./error.js";

const PAGE = 100;
const RETRY_MS = 500;

/** Who is on one channel, seen by one client, and the client itself among them. */
export class Presence {
  #client;
  #entries = new Map();

  constructor(client, channel) {
    this.#client = client;
    this.channel = channel;
  }

  /**
   * Enters, or changes what is told of this client. It is entered again with every new connection until `leave`; resolves
   * when it is first.
   */
  enter(fields = {}) {
    this.#client.keepPresent(this);
    const before = this.#entries.get(fields.entry);
    const entered = new Promise((resolve, reject) => this.#entries.set(fields.entry, { fields, resolve, reject }));
    before?.resolve(entered);
    this.#ask(this.#entries.get(fields.entry));
    return entered;
  }

  async #ask(entry) {
    const { fields, resolve, reject } = entry;
    try {
      resolve(await this.#client.request({ type: "enter", channel: this.channel, ...fields }));
    } catch (error) {
      if (error.code === "disconnected" || this.#entries.get(fields.entry) !== entry) return;
      if (error.retryable) {
        setTimeout(() => this.#ask(entry), error.retryAfterMs ?? RETRY_MS);
      } else {
        this.#forget(fields.entry);
        reject(error);
        this.#client.emit("error", error);
      }
    }
  }

  #forget(entry) {
    this.#entries.delete(entry);
    if (this.#entries.size === 0) this.#client.keepPresent(this, false);
  }

  /** Leaves at once, with no grace. */
  async leave({ entry } = {}) {
    this.#forget(entry);
    try {
      await this.#client.request({ type: "leave", channel: this.channel, entry });
    } catch (error) {
      // Who has no connection is leaving anyway.
      if (error.code !== "disconnected") throw error;
    }
  }

  /** There is a new connection; what the one before had entered is in its grace. */
  resume() {
    for (const entry of this.#entries.values()) this.#ask(entry);
  }

  /** Follows who is here; see `PresenceListeners`. */
  watch(listeners = {}) {
    return new PresenceWatch(this.#client, this.channel, listeners);
  }

  /** A page of members: {version, count, members, next}. */
  members(query = {}) {
    return this.#client.request({ type: "members", channel: this.channel, ...query });
  }
}

/**
 * The members of a channel: a snapshot, then each change. Changes are messages on the channel `$presence/<channel>`, so they
 * come once and in order; where some are missing, a snapshot is taken anew (PRS-22). A channel with many members tells counts.
 */
export class PresenceWatch {
  #client;
  #channel;
  #listeners;
  #subscription;
  #members = new Map();
  #count = 0;
  #mode = "events";
  #version;
  /** Changes that came while a snapshot was on its way. */
  #pending = [];
  #asking = false;
  #stale = false;
  #ended = false;
  #retry;

  constructor(client, channel, listeners) {
    this.#client = client;
    this.#channel = channel;
    this.#listeners = listeners;
    this.#subscription = client.subscribe({
      channel: `$presence/${channel}`,
      onSubscribed: () => this.#version === undefined && this.#snapshot(),
      onMessage: ({ data }) => this.#change(data),
      onLost: () => this.#anew(),
      onReset: () => this.#anew(),
      onError: (error) => this.#tell("onError", error),
    });
  }

  /** Everyone who is here now; some of them where the channel tells counts. */
  get members() {
    return [...this.#members.values()];
  }

  /** How many are here. */
  get count() {
    return this.#mode === "counts" ? this.#count : this.#members.size;
  }

  /** `events`: each change is told. `counts`: there are so many members that only counts are. */
  get mode() {
    return this.#mode;
  }

  async end() {
    this.#ended = true;
    clearTimeout(this.#retry);
    await this.#subscription.end();
  }

  /** What is known, or on its way, is no longer to be relied on. */
  #anew() {
    this.#version = undefined;
    this.#stale = this.#asking;
    this.#snapshot();
  }

  async #snapshot() {
    if (this.#asking || this.#ended) return;
    this.#asking = true;
    try {
      this.#begin(await this.#pages());
    } catch (error) {
      this.#failed(error);
    } finally {
      this.#asking = false;
    }
    if (this.#stale) {
      this.#stale = false;
      this.#anew();
      return;
    }
    for (const change of this.#version === undefined ? [] : this.#pending.splice(0)) this.#change(change);
  }

  #begin({ version, mode, count, members }) {
    this.#members = new Map(members.map((member) => [keyOf(member), member]));
    this.#version = version;
    this.#mode = mode;
    this.#count = count;
    this.#tell("onMembers", this.members);
  }

  /** Pages may be of different versions. Taken as of the first one's, the changes since then make them one. */
  async #pages() {
    const first = await this.#page();
    const members = [...first.members];
    for (let next = first.next; next !== undefined && first.mode === "events"; ) {
      const page = await this.#page(next);
      members.push(...page.members);
      next = page.next;
    }
    return { ...first, members };
  }

  #page(after) {
    return this.#client.request({ type: "members", channel: this.#channel, limit: PAGE, after });
  }

  #failed(error) {
    if (this.#ended || error.code === "disconnected") return;
    if (error.retryable) this.#retry = setTimeout(() => this.#snapshot(), error.retryAfterMs ?? RETRY_MS);
    else this.#tell("onError", error);
  }

  #change(change) {
    if (this.#version === undefined) {
      this.#pending.push(change);
      return;
    }
    if (change.version <= this.#version) return;
    const follows = change.version === this.#version + 1;
    this.#version = change.version;
    switch (change.event) {
      case "enter":
      case "update":
      case "leave":
        if (follows) this.#changed(change);
        else this.#anew();
        break;
      case "mode":
      case "counts":
        this.#counted(change);
        break;
      default: // Of a newer server.
    }
  }

  #changed(change) {
    if (change.event === "leave") this.#members.delete(keyOf(change));
    else this.#members.set(keyOf(change), change);
    this.#tell({ enter: "onEnter", update: "onUpdate", leave: "onLeave" }[change.event], change);
  }

  #counted(change) {
    this.#mode = change.event === "mode" ? change.mode : "counts";
    this.#count = change.count;
    if (this.#mode === "events") this.#anew();
    else this.#tell("onCounts", change);
  }

  #tell(listener, ...event) {
    try {
      this.#listeners[listener]?.(...event);
    } catch (error) {
      report(error);
    }
  }
}

function keyOf({ subject, entry }) {
  return JSON.stringify([subject, entry]);
}
