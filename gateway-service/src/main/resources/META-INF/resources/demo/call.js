import { tell } from "./events.js";
import { made, part } from "./page.js";

/** A call of everyone on the channel who joins: each page sends picture and sound straight to each other. */
export class Call {
  #client;
  #name;
  #log;
  #me;
  #room;
  #stream;
  #tiles = new Map();
  #ways = new Map();

  /** @param log the chat's log: its messages go straight to those in the call too */
  constructor(client, name, log, me) {
    this.#client = client;
    this.#name = name;
    this.#log = log;
    this.#me = me;
    part("join").addEventListener("click", () => (this.#room === undefined ? this.#join() : this.#leave()));
    part("mute").addEventListener("click", () => this.#mute());
  }

  async #join() {
    part("join").disabled = true;
    try {
      this.#stream = await media();
      this.#room = await this.#client.room(this.#name, { metadata: this.#metadata(), stream: this.#stream });
      this.#joined(this.#room);
    } catch (error) {
      this.#end();
      say(`The call is not to be had: ${error.code ?? error.name}`);
      tell(`call: ${error.message}`);
    }
    part("join").disabled = false;
  }

  #joined(room) {
    room.on("peer", (peer) => this.#add(peer));
    room.on("left", ({ peer }) => this.#remove(peer));
    room.on("updated", (peer) => this.#caption(peer.id, captionOf(peer)));
    room.on("error", ({ code, message }) => tell(`call: ${code}: ${message}`));
    room.on("state", (state) => state === "left" && this.#end());
    part("join").textContent = "Leave the call";
    part("mute").hidden = this.#stream === undefined;
    if (this.#stream !== undefined) this.#show("me", "you", this.#stream, true);
    for (const peer of room.peers.values()) this.#add(peer);
    say(room.peers.size === 0 ? "Nobody else is in the call yet." : "");
  }

  async #leave() {
    const room = this.#room;
    this.#end();
    await room.leave().catch(({ code }) => tell(`call: ${code}`));
  }

  #end() {
    this.#room = undefined;
    this.#stream?.getTracks().forEach((track) => track.stop());
    this.#stream = undefined;
    for (const id of [...this.#tiles.keys()]) this.#hide(id);
    for (const way of this.#ways.values()) way.end();
    this.#ways.clear();
    part("join").textContent = "Join the call";
    part("mute").hidden = true;
    part("mute").setAttribute("aria-pressed", "false");
    say("Picture and sound go from browser to browser.");
  }

  #add(peer) {
    say("");
    tell(`${nameOf(peer)} is in the call`);
    this.#show(peer.id, captionOf(peer));
    peer.on("track", ({ streams }) => this.#show(peer.id, captionOf(peer), streams[0]));
    peer.on("state", () => this.#caption(peer.id, captionOf(peer)));
    peer.on("open", () => {
      tell(`straight way to ${nameOf(peer)}`);
      this.#ways.set(peer.id, this.#log.open({ send: (text) => sendBy(peer.channel, text) }));
    });
    peer.on("data", (text) => this.#ways.get(peer.id)?.received(text));
  }

  #remove(peer) {
    tell(`${nameOf(peer)} left the call`);
    this.#ways.get(peer.id)?.end();
    this.#ways.delete(peer.id);
    this.#hide(peer.id);
  }

  #mute() {
    const muted = part("mute").getAttribute("aria-pressed") !== "true";
    part("mute").setAttribute("aria-pressed", String(muted));
    part("mute").textContent = muted ? "Unmute" : "Mute";
    for (const track of this.#stream.getAudioTracks()) track.enabled = !muted;
    this.#room.update(this.#metadata(muted)).catch(({ code }) => tell(`call: ${code}`));
  }

  #metadata(muted = false) {
    return { name: this.#me(), muted };
  }

  #show(id, caption, stream, own = false) {
    if (!this.#tiles.has(id)) {
      const tile = document.createElement("figure");
      const video = document.createElement("video");
      Object.assign(video, { autoplay: true, playsInline: true, muted: own });
      tile.append(video, made("figcaption", caption));
      part("tiles").append(tile);
      this.#tiles.set(id, tile);
    }
    if (stream !== undefined) this.#tiles.get(id).querySelector("video").srcObject = stream;
    this.#caption(id, caption);
  }

  #caption(id, caption) {
    const tile = this.#tiles.get(id);
    if (tile !== undefined) tile.querySelector("figcaption").textContent = caption;
  }

  #hide(id) {
    this.#tiles.get(id)?.remove();
    this.#tiles.delete(id);
  }
}

/** Who has neither camera nor microphone, or gives none, sees and hears the others. */
async function media() {
  try {
    return await navigator.mediaDevices.getUserMedia({ audio: true, video: { width: 640, height: 480 } });
  } catch (error) {
    tell(`no camera or microphone: ${error.name}`);
    return undefined;
  }
}

function sendBy(channel, text) {
  if (channel.readyState === "open") channel.send(text);
}

function nameOf({ metadata, subject }) {
  return String(metadata?.name ?? subject);
}

function captionOf(peer) {
  const state = peer.state === "connected" ? "" : ` · ${peer.state}`;
  return `${nameOf(peer)}${peer.metadata?.muted ? " · muted" : ""}${state}`;
}

function say(text) {
  part("call-state").textContent = text;
}
