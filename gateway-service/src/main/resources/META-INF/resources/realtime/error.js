/** A problem or disconnect of the protocol (docs/protocol/failures.md), or one of the client's own codes. */
export class RealtimeError extends Error {
  constructor(code, detail = code, { retryable = false, retryAfterMs } = {}) {
    super(detail);
    this.name = "RealtimeError";
    this.code = code;
    this.retryable = retryable;
    this.retryAfterMs = retryAfterMs;
  }

  static of({ code, detail, retryable, retryAfterMs }) {
    return new RealtimeError(code, detail, { retryable, retryAfterMs });
  }
}

/** Reports a failure of the page's own code as an uncaught one, without harming who calls this. */
export function report(error) {
  if (globalThis.reportError !== undefined) {
    globalThis.reportError(error);
    return;
  }
  queueMicrotask(() => {
    throw error;
  });
}
