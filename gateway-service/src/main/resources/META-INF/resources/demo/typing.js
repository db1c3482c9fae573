import { part } from "./page.js";

/** Told so often at most while somebody types, and believed for somewhat longer. */
const TELL_MS = 2_000;
const BELIEVE_MS = 3_500;

/** Who is typing: on an ephemeral channel, for it is worth nothing a moment later. */
export class Typing {
  #channel;
  #me;
  #told = 0;
  #timers = new Map();

  constructor(channel, me) {
    this.#channel = channel;
    this.#me = me;
    channel.subscribe({ onMessage: ({ data, source }) => this.#heard(String(data?.name ?? source), data?.page) });
  }

  /** This page's own: others are told. */
  typed() {
    const now = performance.now();
    if (this.#told > 0 && now - this.#told < TELL_MS) return;
    this.#told = now;
    this.#channel.send({ name: this.#me(), page: PAGE });
  }

  /** What was typed is sent. */
  sent() {
    this.#told = 0;
  }

  #heard(name, page) {
    if (page === PAGE) return;
    clearTimeout(this.#timers.get(name));
    this.#timers.set(name, setTimeout(() => this.silent(name), BELIEVE_MS));
    this.#show();
  }

  /** Nobody of that name types any more. */
  silent(name) {
    clearTimeout(this.#timers.get(name));
    this.#timers.delete(name);
    this.#show();
  }

  #show() {
    const names = [...this.#timers.keys()];
    part("typing").textContent = names.length === 0 ? "" : `${names.join(", ")} ${names.length === 1 ? "is" : "are"} typing`;
  }
}

/** A page does not tell itself. */
const PAGE = crypto.randomUUID();
