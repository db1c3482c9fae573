/** A gateway in memory: each WebSocket that the client opens, and what the test's script answers to its frames. */
export class FakeGateway {
  sockets = [];
  /** What a frame is answered with: an object, several, or nothing. */
  answer = () => undefined;

  constructor() {
    const gateway = this;
    this.WebSocket = class {
      sent = [];
      constructor(url, protocols) {
        Object.assign(this, { url, protocols, open: true });
        gateway.sockets.push(this);
        queueMicrotask(() => this.open && this.onopen());
      }
      send(text) {
        const frame = JSON.parse(text);
        this.sent.push(frame);
        const answers = frame.type === "connect" ? gateway.connected(frame) : gateway.answer(frame, this);
        for (const answer of [answers ?? []].flat()) this.push(answer);
      }
      push(frame) {
        queueMicrotask(() => this.open && this.onmessage({ data: JSON.stringify(frame) }));
      }
      /** The link breaks, from whichever side. */
      close() {
        if (!this.open) return;
        this.open = false;
        queueMicrotask(() => this.onclose());
      }
    };
  }

  connected() {
    return { type: "connected", id: 0, connection: "c", subject: "alice", heartbeatMs: 15_000, limits: { inFlight: 256 } };
  }

  get socket() {
    return this.sockets.at(-1);
  }

  sent(type) {
    return this.sockets.flatMap((socket) => socket.sent).filter((frame) => frame.type === type);
  }
}

/** A channel-service in memory: numbers what is published, knows message ids again. */
export class FakeLog {
  channels = new Map();

  publish({ channel, id, data }) {
    if (!this.channels.has(channel)) this.channels.set(channel, []);
    const messages = this.channels.get(channel);
    const before = messages.findIndex((message) => message.id === id);
    if (before < 0) messages.push({ id, data });
    return { position: `1:${before < 0 ? messages.length : before + 1}`, ...(before < 0 ? {} : { repeat: true }) };
  }

  data(channel) {
    return (this.channels.get(channel) ?? []).map(({ data }) => data);
  }
}

/** Lets everything run that is ready to. */
export async function settle(rounds = 50) {
  for (let i = 0; i < rounds; i++) await Promise.resolve();
}

/** Numbers in [0, 1) from a seed (mulberry32). */
export function seeded(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}
