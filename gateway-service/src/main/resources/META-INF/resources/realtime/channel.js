/** One channel, seen by one client. It holds nothing: make as many as you like. */
export class Channel {
  #client;
  #outbox;

  constructor(client, outbox, name) {
    this.#client = client;
    this.#outbox = outbox;
    this.name = name;
  }

  /**
   * Publishes through the outbox: in order, also later, when there is a connection again. Resolves with {position, repeat}
   * when the message is in the log.
   */
  publish(data, fields = {}) {
    return this.#outbox.add({ channel: this.name, ...payload(data), ...fields });
  }

  /** Publishes now or not at all, with no answer: for ephemeral channels, where what is late is worthless. */
  send(data, fields = {}) {
    this.#client.send({ type: "publish", message: { channel: this.name, ...payload(data), ...fields } });
  }

  subscribe(options) {
    return this.#client.subscribe({ ...options, channel: this.name });
  }

  /** A page of history: {items, next}; see `history` in the protocol. */
  history(query = { last: 100 }) {
    return this.#client.request({ type: "history", channel: this.name, ...query });
  }
}

function payload(data) {
  if (data === undefined) return {};
  if (data instanceof ArrayBuffer) return payload(new Uint8Array(data));
  if (!(data instanceof Uint8Array)) return { data };
  return { base64: btoa(Array.from(data, (byte) => String.fromCharCode(byte)).join("")) };
}
