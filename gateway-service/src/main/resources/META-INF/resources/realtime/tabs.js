/** A page of its own: nobody else sends what is in its outbox. */
export class OnlyTab {
  lead(begin) {
    begin();
  }

  tell() {}

  close() {}
}

/**
 * All tabs of one origin that share an outbox. One of them leads, which is to say sends, until it is closed; then another
 * does. They tell each other what was added and how it ended.
 */
export class SharedTabs {
  #name;
  #locks;
  #bus;
  #leave = new AbortController();
  #released;
  #release = new Promise((resolve) => (this.#released = resolve));

  constructor(name, { locks, BroadcastChannel }, heard) {
    this.#name = `realtime-outbox-${name}`;
    this.#locks = locks;
    this.#bus = new BroadcastChannel(this.#name);
    this.#bus.onmessage = ({ data }) => heard(data);
  }

  /** Calls `begin` when this tab is the one to send: now, or when those before it are gone. */
  lead(begin) {
    const leading = () => {
      begin();
      return this.#release;
    };
    this.#locks.request(this.#name, { signal: this.#leave.signal }, leading).catch((error) => {
      if (error.name !== "AbortError") throw error;
    });
  }

  tell(event) {
    this.#bus.postMessage(event);
  }

  close() {
    this.#leave.abort();
    this.#released();
    this.#bus.close();
  }
}
