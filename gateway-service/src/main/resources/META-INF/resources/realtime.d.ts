/** A place in a channel (position) or filter (cursor) to go on from, the last n messages of a channel, or a time (RFC 3339). */
export type Since = { position: string } | { cursor: string } | { last: number } | { time: string };

/** `failed`: the server ended the connection for good, for the reason in the event `error`. */
export type State = "idle" | "connecting" | "connected" | "waiting" | "closed" | "failed";

/** A message as the protocol has it; see docs/protocol/websocket.md. Exactly one of data, text and base64, or none. */
export interface Message {
  channel: string;
  id: string;
  position?: string;
  data?: unknown;
  text?: string;
  base64?: string;
  contentType?: string;
  source?: string;
  messageType?: string;
  headers?: Record<string, string>;
  time?: string;
  expiry?: string;
  correlationId?: string;
  replyTo?: string;
  traceparent?: string;
}

/** What a publish may say beside its data. An id makes it idempotent; the outbox gives one where there is none. */
export interface PublishFields {
  id?: string;
  qos?: 0 | 1 | 2;
  retain?: boolean;
  contentType?: string;
  source?: string;
  messageType?: string;
  headers?: Record<string, string>;
  expiry?: string;
  correlationId?: string;
  replyTo?: string;
  traceparent?: string;
  tracestate?: string;
  privacy?: { receivers?: string[]; store?: boolean; audit?: "full" | "metadata" | "none"; encryption?: string };
  offline?: { mode?: "queue" | "drop" | "latest"; ttlMs?: number; collapseKey?: string };
}

export interface Published {
  /** Absent on ephemeral channels. */
  position?: string;
  /** The message had been published before. */
  repeat: boolean;
}

export interface Range {
  channel: string;
  from: string;
  to: string;
  /** Of a filter whose index no longer reaches back: the place from which everything is there again. */
  cursor?: string;
}

/** Listeners of a subscription. One that throws is reported as an uncaught error; the subscription goes on. */
export interface Listeners {
  onMessage?(message: Message, frame: { redelivered?: boolean; cursor?: string }): void;
  /** The server has answered; `existed` tells whether a durable subscription was there before. */
  onSubscribed?(frame: { cursor?: string; existed?: boolean }): void;
  /** Everything that was missed has come. */
  onCaughtUp?(frame: { cursor: string; flushed?: number }): void;
  /** Owed, but no longer in history. */
  onLost?(range: Range): void;
  /** Not owed: private to others, expired, collapsed, deleted. */
  onSkipped?(range: Range): void;
  /** The place to resume from is no more (its channel was deleted, say): what came since is not known, and it goes on from now. */
  onReset?(event: { from: Since; code: string }): void;
  /** This page reads too slowly, and what became of it. */
  onSlow?(frame: { policy: "recover" | "drop_oldest" | "conflate" | "unacked"; dropped: number }): void;
  /** It is over. */
  onError?(error: RealtimeError): void;
}

export interface SubscribeOptions extends Listeners {
  since?: Since;
  qos?: 0 | 1 | 2;
  overflow?: "recover" | "drop_oldest" | "conflate";
  /** 1 to 65535: how many messages may come beyond the last `ack`. */
  maxUnacked?: number;
  /** The name of a durable subscription: the server keeps its place. */
  durable?: string;
  /** Acknowledge durable messages with `ack`, instead of each after `onMessage`. */
  manualAck?: boolean;
}

export class Subscription {
  readonly name: string;
  /** Where it would go on. Keep it, and give it as `since` after a reload. */
  readonly place: Since | undefined;
  ack(message: Message): void;
  /** Resolves when the server has answered; with delete, a durable subscription is forgotten. */
  end(options?: { delete?: boolean }): Promise<void>;
}

export class Channel {
  readonly name: string;
  /**
   * Publishes through the outbox, in order, also later when there is a connection again. Numbers beyond 2^53 lose digits: send
   * them as strings. Uint8Array and ArrayBuffer are sent as bytes, everything else as JSON.
   * Fails with the server's problem; `outbox_full` at the limit; `stale_message_id` where the outcome cannot be known any more.
   */
  publish(data?: unknown, fields?: PublishFields): Promise<Published>;
  /** Publishes now or not at all, without an answer: for ephemeral channels such as typing. */
  send(data?: unknown, fields?: PublishFields): void;
  subscribe(options: SubscribeOptions): Subscription;
  history(query?: { last?: number; before?: Since; since?: Since; limit?: number }): Promise<{
    items: ({ message: Message } | { skipped: Range } | { lost: Range })[];
    next?: string;
  }>;
}

/** See docs/protocol/presence.md. */
export interface Member {
  subject: string;
  entry: string;
  kind: "human" | "agent" | "device" | "service";
  state?: unknown;
  skills?: { tag: string; schema?: string }[];
  version: number;
}

export interface PresenceFields {
  /** The page's own name among the subject's entries; keep it over reloads. Default: another one for each connection. */
  entry?: string;
  kind?: Member["kind"];
  state?: unknown;
  skills?: Member["skills"];
}

export interface PresenceListeners {
  /** The members are known, or known anew. */
  onMembers?(members: Member[]): void;
  onEnter?(member: Member): void;
  onUpdate?(member: Member): void;
  onLeave?(member: Omit<Member, "state" | "skills"> & { reason: string }): void;
  /** Of a channel with many members. */
  onCounts?(counts: { count: number; joins?: number; leaves?: number; sample?: Member[] }): void;
  onError?(error: RealtimeError): void;
}

export class PresenceWatch {
  readonly members: Member[];
  readonly count: number;
  readonly mode: "events" | "counts";
  end(): Promise<void>;
}

export class Presence {
  readonly channel: string;
  /** Enters, or changes what is told; entered again with each new connection until `leave`. Resolves when it is first. */
  enter(fields?: PresenceFields): Promise<{ entry: string; version: number }>;
  leave(fields?: { entry?: string }): Promise<void>;
  watch(listeners?: PresenceListeners): PresenceWatch;
  members(query?: { after?: string; limit?: number; skill?: string; kind?: Member["kind"] }): Promise<{
    version: number;
    mode: "events" | "counts";
    count: number;
    members: Member[];
    next?: string;
  }>;
}

/** Where a message of a `PeerLog` came from. */
export interface PeerLogSource {
  /** Names the page that published it; absent where it was no page with a `PeerLog`. */
  author?: string;
  /** Counts the author's messages from 1. */
  number?: number;
  via: "own" | "peer" | "log";
  /** As the log has it; absent until it has come from there. */
  message?: Message;
}

export interface PeerLogOptions extends Omit<Listeners, "onMessage"> {
  since?: Since;
  onMessage?(data: unknown, from: PeerLogSource): void;
  /** A message that came from a peer, or is this page's own, has its position now. */
  onPosition?(from: PeerLogSource & { message: Message }): void;
}

/** A channel whose messages also go from peer to peer: sooner where peers meet, and all of them in the log. */
export class PeerLog {
  constructor(channel: Channel, options: PeerLogOptions);
  publish(data: unknown, fields?: PublishFields): Promise<Published>;
  /** A way to a peer is open, such as a data channel: call `received` with what comes by it, and `end` when it is closed. */
  open(peer: { send(text: string): void }): { received(text: string): void; end(): void };
  end(): Promise<void>;
}

export interface RealtimeOptions {
  /** Default: `/ws` of the page's own host. */
  url?: string;
  /** A token, or what gives one: asked at each connection, before the token ends, and up to three times after a refusal. Absent: open mode. */
  token?: string | (() => string | Promise<string>);
  /**
   * A name: publishes are kept in IndexedDB and survive a reload; all tabs of the origin that use the name share them. Use one
   * name for each user. Needs https, or localhost. Absent: in memory, until the page ends.
   */
  outbox?: string;
  /** How many messages may wait; default 1,000. */
  outboxMessages?: number;
  /** How many characters of JSON may wait; default 4 Mi. */
  outboxBytes?: number;
}

export class Realtime {
  /** Connects at once, and comes back after every break, with full jitter from 250 ms to 15 s. */
  constructor(options?: RealtimeOptions);
  readonly state: State;
  readonly info: { subject: string; connection: string; expires?: string } | undefined;
  /** How many publishes wait to be acknowledged. */
  readonly waiting: number;
  channel(name: string): Channel;
  presence(channel: string): Presence;
  subscribe(options: SubscribeOptions & ({ channel: string } | { filter: string })): Subscription;
  on(event: "state", listener: (state: State) => void): () => void;
  on(event: "error", listener: (error: RealtimeError) => void): () => void;
  /** A publish was refused for good. */
  on(event: "dropped", listener: (event: { message: Message; code: string; detail: string }) => void): () => void;
  on(event: "backpressure", listener: (frame: { state: "on" | "off"; lagMs: number; retryAfterMs?: number }) => void): () => void;
  /** Joins a room; resolves when the server has answered. One at a time of each name. */
  room(name: string, options?: RoomOptions): Promise<Room>;
  /** Listens for calls to this client's subject. */
  calls(listeners: CallListeners): Promise<{ end(): Promise<void> }>;
  close(): void;
}

/** See docs/protocol/signaling.md. */
export interface RoomOptions {
  /** What the others are told of this peer; at most 4 KiB of JSON. */
  metadata?: object;
  /** Its tracks go to all peers. */
  stream?: MediaStream;
  /** Beside the servers that the suite tells, such as `{ iceTransportPolicy: "relay" }`. */
  rtc?: RTCConfiguration;
  /** For tests. */
  RTCPeerConnection?: typeof RTCPeerConnection;
}

export interface RoomMessage {
  id: string;
  data: unknown;
  /** The subject that sent it. */
  from?: string;
  /** Where it came by the channel. */
  position?: string;
  via: "peer" | "channel";
}

/** A room that this client is a peer of, until it leaves. */
export class Room {
  readonly name: string;
  /** This client's own id. */
  readonly id: string;
  /** `away`: the client has lost its connection and comes back. Connections to peers go on meanwhile. */
  readonly state: "joining" | "joined" | "away" | "left";
  readonly peers: Map<string, Peer>;
  /** The room's log of record, where it has one. */
  readonly channel: string | undefined;
  /** Whether the room has more peers than should each send to each. */
  readonly topology: "full_mesh" | "beyond_full_mesh";
  readonly limits: { peers: number; fullMesh: number; signalsPerSecond: number };
  /** Sends to all peers, and to the log of record with the same id. Resolves when it is in the log, or at once where there is none. */
  publish(data: unknown): Promise<Published | undefined>;
  update(metadata?: object): Promise<void>;
  addStream(stream: MediaStream): void;
  /** Calls subjects into the room; what becomes of it comes as `call`. */
  ring(callees: string[], options?: { timeoutMs?: number; metadata?: object }): Promise<{ call: string; expires: string }>;
  cancel(call: string): Promise<void>;
  leave(): Promise<void>;
  on(event: "peer" | "updated", listener: (peer: Peer) => void): () => void;
  on(event: "left", listener: (event: { peer: Peer; reason: "bye" | "lost" }) => void): () => void;
  on(event: "message", listener: (message: RoomMessage) => void): () => void;
  on(event: "call", listener: (event: { call: string; subject: string; state: string }) => void): () => void;
  on(event: "state", listener: (state: Room["state"]) => void): () => void;
  on(event: "lost", listener: (range: Range) => void): () => void;
  on(event: "error", listener: (error: RealtimeError) => void): () => void;
}

/** One other peer, and the connection to it. */
export class Peer {
  readonly id: string;
  readonly subject: string;
  /** Whether this client is the polite one of the two. */
  readonly polite: boolean;
  readonly metadata: any;
  readonly connection: RTCPeerConnection;
  readonly channel: RTCDataChannel;
  readonly state: RTCPeerConnectionState;
  restartIce(): void;
  on(event: "state", listener: (state: RTCPeerConnectionState) => void): () => void;
  on(event: "open", listener: (channel: RTCDataChannel) => void): () => void;
  on(event: "data", listener: (data: any) => void): () => void;
  on(event: "track", listener: (event: RTCTrackEvent) => void): () => void;
  /** The server refused what this client said: a defect of one of the two. */
  on(event: "refused", listener: (error: RealtimeError) => void): () => void;
}

export interface CallListeners {
  onRinging?(call: {
    call: string;
    room: string;
    from: string;
    expires: string;
    metadata?: any;
    accept(): Promise<void>;
    reject(): Promise<void>;
    busy(): Promise<void>;
  }): void;
  onSettled?(event: { call: string; room: string; state: string }): void;
  onError?(error: RealtimeError): void;
}

/** A failure of the protocol (docs/protocol/failures.md) or `disconnected`, `closed`, `outbox_full`, `outbox_failed`, `outbox_unavailable`, `token_unavailable`. */
export class RealtimeError extends Error {
  readonly code: string;
  readonly retryable: boolean;
  readonly retryAfterMs?: number;
}
