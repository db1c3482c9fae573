import { report } from "./error.js";

/** Listeners by event name. A listener that throws harms no other: its error is reported as an uncaught one is. */
export class Emitter {
  #listeners = new Map();

  /** Calls the listener with each event of the name from now on; returns what ends that. */
  on(name, listener) {
    if (!this.#listeners.has(name)) this.#listeners.set(name, new Set());
    this.#listeners.get(name).add(listener);
    return () => this.#listeners.get(name).delete(listener);
  }

  emit(name, event) {
    for (const listener of [...(this.#listeners.get(name) ?? [])]) {
      try {
        listener(event);
      } catch (error) {
        report(error);
      }
    }
  }
}
