import { report } from "./error.js";

const AUTHOR = "peer-author";
const NUMBER = "peer-number";
/** Copies of one author that wait for what comes before them; beyond it one is left out, for the log brings it too. */
const MOST_HELD = 256;
const MOST_HELD_CHARACTERS = 1024 * 1024;
/** Authors that are remembered without a way to them. */
const MOST_AUTHORS = 1_000;

/**
 * A channel whose messages also go straight from peer to peer. The log has every message; peers that can meet have it sooner.
 * Of each author messages come once and in the order in which they were published, whichever way is quicker at the moment,
 * so that ways may come and go without a gap.
 */
export class PeerLog {
  #channel;
  #listeners;
  #subscription;
  #peers = new Set();
  #me = new Author(crypto.randomUUID(), 1);
  #published = 0;
  /** The last own message that is known to be in the log, and where. */
  #settled = { number: 0 };
  #authors = new Map([[this.#me.name, this.#me]]);
  #place;

  /** @param options {since, onMessage(data, from), onPosition(from), ...}; types: realtime.d.ts */
  constructor(channel, { since, ...listeners }) {
    this.#channel = channel;
    this.#listeners = listeners;
    this.#subscription = channel.subscribe({
      ...listeners,
      since,
      onSubscribed: ({ cursor }) => this.#reached(cursor),
      onMessage: (message) => this.#logged(message),
      onSkipped: (range) => this.#passed("onSkipped", range),
      onLost: (range) => this.#passed("onLost", range),
    });
  }

  /** Publishes to the log, and to the peers that are there. Resolves when it is in the log. */
  async publish(data, fields = {}) {
    const number = ++this.#published;
    const headers = { ...fields.headers, [AUTHOR]: this.#me.name, [NUMBER]: String(number) };
    const publishing = this.#channel.publish(data, { ...fields, headers });
    const copy = JSON.stringify({ number, data });
    this.#copied(this.#me, { number, data }, "own");
    for (const peer of this.#peers) peer.send(copy);
    const { position } = await publishing;
    this.#settled = { number, position };
    return { position };
  }

  /**
   * A way to a peer is open.
   *
   * @param peer {send(text)}
   * @returns {received(text), end()}: to be called with each text that the peer sends, and when the way is closed
   */
  open(peer) {
    let author;
    this.#peers.add(peer);
    peer.send(JSON.stringify({ author: this.#me.name, settled: this.#settled }));
    return {
      received: (text) => {
        const frame = frameOf(text);
        if (author === undefined) author = this.#introduced(frame);
        else if (Number.isSafeInteger(frame.number)) this.#copied(author, frame, "peer");
      },
      end: () => {
        this.#peers.delete(peer);
        if (author !== undefined) author.ways--;
      },
    };
  }

  async end() {
    this.#peers.clear();
    await this.#subscription.end();
  }

  /** Nobody speaks for another that is here: what is told of an author counts on its own way only. */
  #introduced({ author: name, settled }) {
    if (typeof name !== "string") return undefined;
    const author = this.#author(name);
    if (author === this.#me || author.ways > 0) return undefined;
    author.ways++;
    author.settled = settled;
    this.#begin(author);
    return author;
  }

  #author(name) {
    if (!this.#authors.has(name)) {
      this.#forgetOne();
      this.#authors.set(name, new Author(name));
    }
    return this.#authors.get(name);
  }

  #forgetOne() {
    if (this.#authors.size < MOST_AUTHORS) return;
    for (const author of this.#authors.values()) {
      if (author.ways > 0 || author === this.#me) continue;
      this.#authors.delete(author.name);
      return;
    }
  }

  /** A copy came by a peer. */
  #copied(author, { number, data }, via) {
    author.hold(number, data);
    this.#drain(author, via);
  }

  /** A message came by the log, in which each author's stand in order: what it jumps over will not come by it. */
  #logged(message) {
    const name = message.headers?.[AUTHOR];
    const number = Number(message.headers?.[NUMBER]);
    if (name === undefined || !Number.isSafeInteger(number)) this.#tell("onMessage", message.data, { via: "log", message });
    else this.#loggedOf(this.#author(name), number, message);
    this.#reached(message.position);
  }

  #loggedOf(author, number, message) {
    author.next ??= number;
    for (const early of author.heldBefore(number)) this.#deliver(author, early, "peer");
    author.next = Math.max(author.next, number);
    const from = { author: author.name, number, via: "log", message };
    if (author.next === number) {
      author.take(number);
      author.next++;
      this.#tell("onMessage", message.data, from);
      this.#drain(author, "peer");
    } else {
      this.#tell("onPosition", from);
    }
  }

  #drain(author, via) {
    while (author.held.has(author.next)) {
      this.#deliver(author, author.next++, via);
    }
  }

  #deliver(author, number, via) {
    this.#tell("onMessage", author.take(number), { author: author.name, number, via });
  }

  #passed(listener, range) {
    this.#tell(listener, range);
    this.#reached(range.to);
  }

  #reached(place) {
    this.#place = place ?? this.#place;
    for (const author of this.#authors.values()) this.#begin(author);
  }

  /** Where all that an author had in the log is behind us, copies of what came then are next. */
  #begin(author) {
    if (author.next !== undefined || author.settled === undefined) return;
    const { number, position } = author.settled;
    if (position !== undefined && !isAtOrBehind(position, this.#place)) return;
    author.next = number + 1;
    this.#drain(author, "peer");
  }

  #tell(listener, ...event) {
    try {
      this.#listeners[listener]?.(...event);
    } catch (error) {
      report(error);
    }
  }
}

/** What is known of one author: the number that comes next, and copies that came too early. */
class Author {
  held = new Map();
  #characters = 0;
  ways = 0;
  settled;

  constructor(name, next) {
    this.name = name;
    this.next = next;
  }

  hold(number, data) {
    if (number < this.next || this.held.has(number) || this.held.size >= MOST_HELD) return;
    const characters = JSON.stringify(data ?? null).length;
    if (this.#characters + characters > MOST_HELD_CHARACTERS) return;
    this.#characters += characters;
    this.held.set(number, { data, characters });
  }

  /** Their numbers, in order. */
  heldBefore(number) {
    return [...this.held.keys()].filter((held) => held < number).sort((one, other) => one - other);
  }

  take(number) {
    const { data, characters } = this.held.get(number) ?? { characters: 0 };
    this.#characters -= characters;
    this.held.delete(number);
    return data;
  }
}

/** What a peer sends is not trusted to be of any form. */
function frameOf(text) {
  try {
    return JSON.parse(text) ?? {};
  } catch {
    return {};
  }
}

/** Whether a position is not beyond a place of the same epoch. */
function isAtOrBehind(position, place) {
  if (typeof position !== "string" || place === undefined) return false;
  const [epoch, offset] = position.split(":");
  const [placeEpoch, placeOffset] = place.split(":");
  return epoch === placeEpoch && Number(offset) <= Number(placeOffset);
}
