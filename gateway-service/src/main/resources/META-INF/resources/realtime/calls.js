/** Calls to this client's subject, on whichever of its devices it is answered first (SIG-50 to SIG-57). */
export class Calls {
  #client;
  #listeners;
  #ringing = new Map();
  #subscription;

  constructor(client, subject, listeners) {
    this.#client = client;
    this.#listeners = listeners;
    this.#subscription = client.channel(`$inbox/${subject}`).subscribe({
      onMessage: ({ messageType, data }) => this.#told(messageType, data),
      onError: (error) => listeners.onError?.(error),
    });
  }

  #told(type, data) {
    if (typeof type !== "string" || !type.startsWith("call.")) return;
    const state = type.slice("call.".length);
    if (state === "ringing") this.#rings(data);
    else this.#settled(data, state);
  }

  #rings(data) {
    if (Date.parse(data.expires) <= Date.now()) return;
    const respond = (type) => this.#client.request({ type, room: data.room, call: data.call });
    const call = {
      ...data,
      accept: () => respond("accept"),
      reject: () => respond("reject"),
      busy: () => respond("busy"),
    };
    this.#ringing.set(data.call, call);
    this.#listeners.onRinging?.(call);
  }

  #settled({ call: id, connection }, state) {
    const call = this.#ringing.get(id);
    if (call === undefined) return;
    this.#ringing.delete(id);
    const elsewhere = connection !== undefined && connection !== this.#client.info?.connection;
    this.#listeners.onSettled?.({ call: id, room: call.room, state: elsewhere ? "answered_elsewhere" : state });
  }

  end() {
    return this.#subscription.end();
  }
}
