import { RealtimeError, report } from "./error.js";
import { messageId } from "./ids.js";
import { IndexedStore, MemoryStore } from "./stores.js";
import { OnlyTab, SharedTabs } from "./tabs.js";

const MOST_MESSAGES = 1_000;
const MOST_BYTES = 4 * 1024 * 1024;
const RETRY_MS = 500;
const EARLY_OUTCOMES = 100;

/** The outbox that the options ask for: named, in IndexedDB and shared by all tabs; or this page's own, in memory. */
export function openOutbox({ outbox, indexedDB = globalThis.indexedDB, ...options }, events) {
  if (outbox === undefined) {
    return new Outbox(new MemoryStore(), () => new OnlyTab(), options, events);
  }
  if (globalThis.navigator?.locks === undefined && options.locks === undefined) {
    throw new RealtimeError("outbox_unavailable", "a named outbox needs a secure context: https, or localhost");
  }
  const shared = { locks: globalThis.navigator?.locks, BroadcastChannel: globalThis.BroadcastChannel, ...options };
  return new Outbox(new IndexedStore(indexedDB, outbox), (heard) => new SharedTabs(outbox, shared, heard), options, events);
}

/**
 * Publishes that wait to be acknowledged. They are kept before they are sent, and sent in order: of each channel one at a
 * time, so that none overtakes another however often it is refused for now. A message gets its id just before it is sent
 * first, and keeps it: a repeat is known as one (PUB-4).
 */
export class Outbox {
  #store;
  #tabs;
  #events;
  #mostMessages;
  #mostBytes;
  /** Of the tab that leads: the entries of each channel, in order. */
  #queues = new Map();
  #busy = new Set();
  #read = 0;
  #fetching = Promise.resolve();
  #leads = false;
  #online = false;
  #closed = false;
  /** Of every tab: what its own page awaits, by key. */
  #promises = new Map();
  /** Entries that other pages added, this one's before a reload among them. */
  #foreign = new Map();
  /** Outcomes that came before this page knew the key of what it added. */
  #early = new Map();
  #count = 0;
  #bytes = 0;

  constructor(store, tabs, { outboxMessages = MOST_MESSAGES, outboxBytes = MOST_BYTES }, events) {
    this.#store = store;
    this.#events = events;
    this.#mostMessages = outboxMessages;
    this.#mostBytes = outboxBytes;
    this.#tabs = tabs((event) => this.#heard(event));
    this.#tabs.lead(() => {
      this.#leads = true;
      this.#fetch();
    });
  }

  get size() {
    return this.#count;
  }

  /** Keeps a message and sends it when its turn comes; resolves with {position, repeat}. */
  add(message) {
    const bytes = JSON.stringify(message).length;
    if (this.#closed) return Promise.reject(new RealtimeError("closed", "the client is closed"));
    if (this.#count >= this.#mostMessages || this.#bytes + bytes > this.#mostBytes) {
      return Promise.reject(new RealtimeError("outbox_full", "as much waits to be sent as is allowed", { retryable: true }));
    }
    this.#count++;
    this.#bytes += bytes;
    return new Promise((resolve, reject) => {
      this.#keep({ message, bytes }, { resolve, reject });
    });
  }

  async #keep(entry, promise) {
    try {
      // Nothing is awaited before it: stores keep the order of calls, and that is the order on the channel.
      const key = await this.#store.add(entry);
      this.#promises.set(key, { ...promise, bytes: entry.bytes });
      this.#known(key);
      if (this.#leads) await this.#fetch();
      else this.#tabs.tell({ added: key });
    } catch (error) {
      this.#release(entry.bytes);
      promise.reject(error);
    }
  }

  #known(key) {
    if (this.#foreign.has(key)) this.#release(this.#foreign.get(key));
    this.#foreign.delete(key);
    if (this.#early.has(key)) this.#settle(key, this.#early.get(key));
  }

  #release(bytes) {
    this.#count--;
    this.#bytes -= bytes;
  }

  /** There is a connection. */
  resume() {
    this.#online = true;
    for (const channel of this.#queues.keys()) this.#sendNext(channel);
  }

  /** There is none. */
  pause() {
    this.#online = false;
  }

  close() {
    if (this.#closed) return;
    this.#closed = true;
    this.#online = false;
    this.#tabs.close();
    this.#store.close();
    const error = new RealtimeError("closed", "the client was closed before the answer");
    for (const { reject } of this.#promises.values()) reject(error);
    this.#promises.clear();
  }

  #heard({ added, key, outcome }) {
    if (added !== undefined && this.#leads) this.#fetch();
    if (key !== undefined) this.#settle(key, outcome);
  }

  /** Takes what the store has beyond what was taken; of all tabs. */
  #fetch() {
    this.#fetching = this.#fetching.then(async () => {
      if (this.#closed) return;
      for (const entry of await this.#store.after(this.#read)) {
        this.#read = entry.key;
        this.#countForeign(entry);
        this.#enqueue(entry);
      }
    });
    return this.#fetching;
  }

  #countForeign({ key, bytes }) {
    if (this.#promises.has(key)) return;
    this.#foreign.set(key, bytes);
    this.#count++;
    this.#bytes += bytes;
  }

  #enqueue(entry) {
    const { channel } = entry.message;
    if (!this.#queues.has(channel)) this.#queues.set(channel, []);
    this.#queues.get(channel).push(entry);
    this.#sendNext(channel);
  }

  async #sendNext(channel) {
    const queue = this.#queues.get(channel);
    if (!this.#online || this.#busy.has(channel) || queue === undefined) return;
    this.#busy.add(channel);
    const waitMs = await this.#send(queue[0]);
    if (waitMs === undefined) {
      queue.shift();
      if (queue.length === 0) this.#queues.delete(channel);
    } else {
      await new Promise((resolve) => setTimeout(resolve, waitMs));
    }
    this.#busy.delete(channel);
    this.#sendNext(channel);
  }

  /** Sends an entry once; returns after how many milliseconds to send it again, or undefined where it is decided. */
  async #send(entry) {
    let outcome;
    try {
      await this.#name(entry);
      const { position, repeat = false } = await this.#events.send(entry.message);
      outcome = { published: { position, repeat } };
    } catch (error) {
      if (error.retryable || this.#closed) return error.retryAfterMs ?? RETRY_MS;
      outcome = { refused: { code: error.code ?? "outbox_failed", detail: error.message } };
    }
    await this.#decided(entry, outcome);
    return undefined;
  }

  /** The id is kept before it is sent: after a reload the repeat must be known as one. */
  async #name(entry) {
    if (entry.message.id !== undefined) return;
    entry.message = { ...entry.message, id: messageId() };
    await this.#store.put(entry);
  }

  async #decided(entry, outcome) {
    try {
      await this.#store.delete(entry.key);
    } catch (error) {
      // It is sent again after a reload, with the same id.
      report(error);
    }
    if (outcome.refused !== undefined) this.#events.dropped({ message: entry.message, ...outcome.refused });
    this.#settle(entry.key, outcome);
    this.#tabs.tell({ key: entry.key, outcome });
  }

  #settle(key, outcome) {
    if (this.#foreign.has(key)) this.#release(this.#foreign.get(key));
    this.#foreign.delete(key);
    const promise = this.#promises.get(key);
    if (promise === undefined) {
      this.#remember(key, outcome);
      return;
    }
    this.#promises.delete(key);
    this.#release(promise.bytes);
    const { published, refused } = outcome;
    if (published !== undefined) promise.resolve(published);
    else promise.reject(new RealtimeError(refused.code, refused.detail));
  }

  #remember(key, outcome) {
    this.#early.set(key, outcome);
    if (this.#early.size > EARLY_OUTCOMES) this.#early.delete(this.#early.keys().next().value);
  }
}
