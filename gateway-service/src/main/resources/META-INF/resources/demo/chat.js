import { PeerLog } from "/realtime.js";
import { tell } from "./events.js";
import { avatar, clock, made, part } from "./page.js";

const MOST_MESSAGES = 500;

/**
 * The messages of one channel. They go through the log, and straight to whoever is in the call too: each comes once,
 * whichever way is quicker.
 */
export class Chat {
  #log;
  #me;
  #heard;
  #lines = new Map();

  /**
   * @param me gives the name under which this page writes
   * @param heard is called with the name of each who wrote
   */
  constructor(channel, me, heard) {
    this.#me = me;
    this.#heard = heard;
    this.#log = new PeerLog(channel, {
      since: { last: 50 },
      onMessage: (data, from) => this.#show(data, from),
      onPosition: (from) => this.#placed(from),
      onCaughtUp: () => tell("caught up"),
      onLost: ({ from, to }) => this.#told(`${from} to ${to} are no longer kept`),
      onSkipped: ({ from, to }) => tell(`not for you: ${from} to ${to}`),
      onReset: ({ code }) => this.#told(`began anew: ${code}`),
      onSlow: ({ policy }) => tell(`slow: ${policy}`),
      onError: ({ code, message }) => this.#told(`${code}: ${message}`),
    });
  }

  /** Ways to peers, for the call. */
  get log() {
    return this.#log;
  }

  async say(text) {
    const begin = performance.now();
    const traceparent = newTrace();
    try {
      const { position } = await this.#log.publish({ name: this.#me(), text }, { traceparent });
      tell(`in the log at ${place(position)} after ${Math.round(performance.now() - begin)} ms, trace`, traceOf(traceparent));
    } catch ({ code, message }) {
      this.#told(`not sent, ${code}: ${message}`);
    }
  }

  #show(data, from) {
    const { name, text } = shown(data);
    this.#heard(name);
    const line = document.createElement("li");
    const bubble = made("div", "", "bubble");
    const foot = made("small", from.message === undefined ? "on its way to the log" : footOf(from));
    bubble.append(made("b", name), made("span", text), foot);
    line.append(avatar(name), bubble);
    line.classList.toggle("own", from.via === "own");
    line.classList.toggle("waiting", from.message === undefined);
    if (from.message === undefined) this.#lines.set(key(from), { line, foot });
    this.#add(line);
  }

  /** A message that came from a peer, or is this page's own, is in the log. */
  #placed(from) {
    const shown = this.#lines.get(key(from));
    if (shown === undefined) return;
    this.#lines.delete(key(from));
    shown.line.classList.remove("waiting");
    shown.foot.textContent = footOf(from);
  }

  #told(text) {
    this.#add(made("li", text, "told"));
  }

  #add(line) {
    const list = part("messages");
    const follows = list.scrollHeight - list.scrollTop - list.clientHeight < 60;
    list.append(line);
    if (list.children.length > MOST_MESSAGES) list.firstChild.remove();
    if (follows) list.scrollTop = list.scrollHeight;
  }
}

function shown(data) {
  const { name = "someone", text = JSON.stringify(data) ?? "" } = typeof data === "object" && data !== null ? data : {};
  return { name: String(name), text: String(text) };
}

function key({ author, number }) {
  return `${author} ${number}`;
}

function footOf({ message }) {
  return `${place(message.position)} · ${clock(message.time)}`;
}

/** The number in the channel's one order. */
function place(position) {
  return `no. ${position.split(":").at(-1)}`;
}

/** A W3C trace context: the trace that this message has through every hop, and in Jaeger. */
function newTrace() {
  return `00-${hex(16)}-${hex(8)}-01`;
}

function traceOf(traceparent) {
  return traceparent.split("-")[1].slice(0, 8);
}

function hex(bytes) {
  return Array.from(crypto.getRandomValues(new Uint8Array(bytes)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
