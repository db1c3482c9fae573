/** A connection in memory that keeps to the states of JSEP (RFC 8829) and finds no way to anybody. */
export class FakeConnection {
  static made = [];
  signalingState = "stable";
  connectionState = "new";
  iceConnectionState = "new";
  applied = [];
  candidates = [];
  restarts = 0;
  #texts = 0;

  constructor(configuration) {
    this.configuration = configuration;
    this.number = FakeConnection.made.push(this);
  }

  createDataChannel(label, options) {
    this.channel = { label, options, readyState: "connecting", sent: [], send: (text) => this.channel.sent.push(text) };
    this.#need();
    return this.channel;
  }

  addTrack() {
    this.#need();
  }

  restartIce() {
    this.restarts++;
    this.#need();
  }

  #need() {
    this.needed = true;
    queueMicrotask(() => {
      if (this.needed && this.signalingState === "stable") this.onnegotiationneeded?.();
    });
  }

  async setLocalDescription() {
    const type = this.signalingState === "have-remote-offer" ? "answer" : "offer";
    this.needed = false;
    this.localDescription = { type, sdp: `${this.number}.${++this.#texts}` };
    this.signalingState = type === "answer" ? "stable" : "have-local-offer";
    if (type === "answer") this.applied.push(`answered ${this.offered} with ${this.localDescription.sdp}`);
  }

  async setRemoteDescription({ type, sdp }) {
    if (type === "rollback") this.signalingState = "stable";
    else if (type === "offer") {
      this.offered = sdp;
      this.signalingState = "have-remote-offer";
    } else {
      if (this.signalingState !== "have-local-offer") throw new Error("no answer is waited for");
      this.applied.push(`offered ${this.localDescription.sdp} and got ${sdp}`);
      this.signalingState = "stable";
    }
  }

  async addIceCandidate(candidate) {
    this.candidates.push(candidate);
  }

  setConfiguration(configuration) {
    this.configuration = configuration;
  }

  close() {
    this.connectionState = "closed";
    this.signalingState = "closed";
  }
}
