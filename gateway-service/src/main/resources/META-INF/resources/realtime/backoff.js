const FIRST_MS = 250;
const MOST_MS = 15_000;

/** Waits between attempts, with full jitter: when a gateway goes, its clients do not come back at one moment. */
export class Backoff {
  #attempts = 0;
  #random;

  constructor(random = Math.random) {
    this.#random = random;
  }

  /** Milliseconds to wait now: anything up to a bound that doubles with each attempt, and at least what the server advised. */
  next(adviceMs = 0) {
    const bound = Math.min(MOST_MS, FIRST_MS * 2 ** this.#attempts);
    this.#attempts++;
    return Math.max(adviceMs, this.#random() * bound);
  }

  reset() {
    this.#attempts = 0;
  }
}
