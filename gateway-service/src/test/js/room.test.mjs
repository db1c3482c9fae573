import assert from "node:assert/strict";
import { beforeEach, mock, test } from "node:test";
import { connect, gateway, pass } from "./bench.mjs";
import { settle } from "./fakes.mjs";
import { FakeConnection } from "./rtc.mjs";

let negotiations;

beforeEach(() => {
  gateway.answer = (frame) => answers(frame);
  negotiations = 0;
  FakeConnection.made = [];
});

function answers(frame, peers = []) {
  switch (frame.type) {
    case "join":
      return joined(frame, peers);
    case "signal":
      return { type: "signaled", id: frame.id, ...(frame.signal.type === "offer" ? { negotiation: ++negotiations } : {}) };
    case "ice":
      return { type: "ice_servers", id: frame.id, room: "calls/1", ...servers("second", 300) };
    case "publish":
      return { type: "published", id: frame.id, position: "1:1" };
    case "subscribe":
      return { type: "subscribed", id: frame.id, subscription: frame.subscription, cursor: "1:0" };
    default:
      return { type: "room_done", id: frame.id };
  }
}

function joined({ id }, peers, extra = {}) {
  const limits = { peers: 16, fullMesh: 8 };
  return { type: "joined", id, room: "calls/1", peer: "9", secret: "s", sequence: 0, peers, limits, topology: "full_mesh", ...servers("first", 300), ...extra };
}

function servers(username, seconds) {
  return {
    iceServers: [{ urls: ["turn:t"], username, credential: "c" }],
    iceExpires: new Date(Date.now() + seconds * 1_000).toISOString(),
  };
}

async function enter(peers = [], options = {}) {
  gateway.answer = (frame) => answers(frame, peers);
  const client = await connect();
  const room = await client.room("calls/1", { RTCPeerConnection: FakeConnection, ...options });
  await settle();
  return { client, room };
}

function hear(from, sequence, signal) {
  gateway.socket.push({ type: "signal", room: "calls/1", from, sequence, signal });
}

function said(type) {
  return gateway.sent("signal").map(({ signal }) => signal).filter((signal) => signal.type === type);
}

const ALICE = { peer: "1", subject: "alice", polite: false };
const LATER = { type: "peer_joined", room: "calls/1", sequence: 1, peer: "b", subject: "bob", polite: true };

test("the newcomer offers, and whoever was there waits for it (SIG-20)", async () => {
  const { room } = await enter([ALICE]);
  assert.deepEqual(said("offer"), [{ type: "offer", sdp: "1.1" }]);
  gateway.socket.push(LATER);
  await settle();
  assert.equal(room.peers.size, 2);
  assert.equal(said("offer").length, 1);
  hear("b", 2, { type: "offer", negotiation: 1, sdp: "theirs" });
  await settle();
  assert.deepEqual(said("answer"), [{ type: "answer", negotiation: 1, sdp: "2.1" }]);
});

test("an answer counts only for the newest offer (SIG-23)", async () => {
  const { room } = await enter([ALICE]);
  hear("1", 1, { type: "answer", negotiation: 7, sdp: "other" });
  await settle();
  assert.equal(room.peers.get("1").connection.signalingState, "have-local-offer");
  hear("1", 2, { type: "answer", negotiation: 1, sdp: "theirs" });
  await settle();
  assert.deepEqual(FakeConnection.made[0].applied, ["offered 1.1 and got theirs"]);
});

test("in a glare the impolite one passes over the offer and the polite one takes its own back (SIG-22)", async () => {
  await enter([ALICE]);
  hear("1", 1, { type: "offer", negotiation: 1, sdp: "theirs" });
  await settle();
  assert.deepEqual(said("answer"), []);
  gateway.socket.push({ ...LATER, sequence: 2 });
  await settle();
  const [, connection] = FakeConnection.made;
  hear("b", 3, { type: "offer", negotiation: 1, sdp: "first" });
  await settle();
  connection.restartIce();
  await settle();
  assert.equal(connection.signalingState, "have-local-offer");
  hear("b", 4, { type: "offer", negotiation: 3, sdp: "second" });
  await settle();
  assert.equal(connection.signalingState, "stable");
  assert.equal(connection.applied.at(-1).startsWith("answered second"), true);
});

test("what was not answered is said again in order when the client has come back, as the same peer (SIG-10)", async () => {
  const { room } = await enter([ALICE]);
  hear("1", 5, { type: "answer", negotiation: 1, sdp: "theirs" });
  await settle();
  gateway.answer = (frame) => (frame.type === "signal" ? undefined : answers(frame, [ALICE]));
  const [connection] = FakeConnection.made;
  for (const n of [1, 2]) connection.onicecandidate({ candidate: { toJSON: () => ({ candidate: `candidate:${n}` }) } });
  await settle();
  gateway.answer = (frame) =>
    frame.type === "join" ? joined(frame, [ALICE], { sequence: 5 }) : answers(frame, [ALICE]);
  gateway.socket.close();
  await settle();
  assert.equal(room.state, "away");
  await pass(250);
  assert.equal(room.state, "joined");
  assert.deepEqual(gateway.sent("join").at(-1).resume, { peer: "9", secret: "s", after: 5 });
  const candidates = gateway.socket.sent.filter(({ type }) => type === "signal").map(({ signal }) => signal.candidate.candidate);
  assert.deepEqual(candidates, ["candidate:1", "candidate:2"]);
  assert.equal(FakeConnection.made.length, 1);
});

test("whoever was away for too long comes anew, and what is missing is negotiated again (SIG-10, SIG-11)", async () => {
  const { room } = await enter([ALICE]);
  let joins = 0;
  gateway.answer = (frame) => {
    if (frame.type !== "join") return answers(frame, [ALICE]);
    if (joins++ === 0) return { type: "problem", id: frame.id, code: "peer_unknown", detail: "", retryable: false };
    return joined(frame, [ALICE]);
  };
  gateway.socket.close();
  await settle();
  await pass(250);
  assert.equal(room.state, "joined");
  assert.equal(FakeConnection.made.length, 2);
  assert.equal(FakeConnection.made[0].connectionState, "closed");
  gateway.answer = (frame) => (frame.type === "join" ? joined(frame, [ALICE], { missed: true }) : answers(frame, [ALICE]));
  gateway.socket.close();
  await settle();
  await pass(250);
  assert.equal(FakeConnection.made[1].restarts, 1);
});

test("a signal that cannot be taken for now is said again, and a refused one is told (SIG-25)", async () => {
  const { room } = await enter([ALICE]);
  const refused = [];
  room.peers.get("1").on("refused", ({ code }) => refused.push(code));
  let first = true;
  gateway.answer = (frame) => {
    if (frame.type !== "signal") return answers(frame);
    const code = first ? "timeout" : "unexpected_signal";
    const retryable = first;
    first = false;
    return { type: "problem", id: frame.id, code, detail: "", retryable };
  };
  FakeConnection.made[0].onicecandidate({ candidate: null });
  await settle();
  await pass(1_000);
  assert.equal(said("end_of_candidates").length, 2);
  assert.deepEqual(refused, ["unexpected_signal"]);
});

test("a signal that crosses the word that the place is kept is said again after coming back (SIG-15)", async () => {
  const { room } = await enter([ALICE]);
  const refused = [];
  room.peers.get("1").on("refused", ({ code }) => refused.push(code));
  let away = true;
  gateway.answer = (frame) => {
    if (frame.type === "join") {
      return away ? { type: "problem", id: frame.id, code: "unavailable", detail: "", retryable: true } : joined(frame, [ALICE]);
    }
    return away ? { type: "problem", id: frame.id, code: "not_in_room", detail: "", retryable: false } : answers(frame, [ALICE]);
  };
  const problem = { code: "unavailable", detail: "", retryable: true };
  gateway.socket.push({ type: "room_left", room: "calls/1", problem });
  FakeConnection.made[0].onicecandidate({ candidate: null });
  await settle();
  assert.equal(room.state, "away");
  away = false;
  await pass(1_000);
  assert.equal(room.state, "joined");
  assert.equal(said("end_of_candidates").length, 2);
  assert.deepEqual(refused, []);
});

test("servers are asked for anew before their credential ends (SIG-32)", async () => {
  const { room } = await enter([ALICE]);
  const [connection] = FakeConnection.made;
  assert.equal(connection.configuration.iceServers[0].username, "first");
  for (let second = 0; second < 239; second++) {
    mock.timers.tick(1_000);
    gateway.socket.push({ type: "ping" });
    await settle();
  }
  assert.equal(gateway.sent("ice").length, 0);
  await pass(1_000);
  assert.equal(connection.configuration.iceServers[0].username, "second");
  assert.equal(room.configuration.iceServers[0].username, "second");
});

test("a message comes once, by whichever way it comes first (SIG-61, SIG-62)", async () => {
  gateway.answer = (frame) => (frame.type === "join" ? joined(frame, [ALICE], { channel: "calls/1" }) : answers(frame));
  const client = await connect();
  const room = await client.room("calls/1", { RTCPeerConnection: FakeConnection });
  const seen = [];
  room.on("message", ({ data, via }) => seen.push([data, via]));
  await settle();
  const { channel } = FakeConnection.made[0];
  channel.readyState = "open";
  channel.onopen();
  channel.onmessage({ data: JSON.stringify({ author: "a", settled: { number: 0 } }) });
  channel.onmessage({ data: JSON.stringify({ number: 1, data: 1 }) });
  const logged = (n) => {
    const headers = { "peer-author": "a", "peer-number": String(n) };
    gateway.socket.push({ type: "message", subscription: "s0", message: { channel: "calls/1", headers, data: n, position: `1:${n}` } });
  };
  logged(1);
  logged(2);
  await settle();
  channel.onmessage({ data: JSON.stringify({ number: 2, data: 2 }) });
  channel.onmessage({ data: "not ours" });
  assert.deepEqual(seen, [[1, "peer"], [2, "log"]]);
  await room.publish("hi");
  const { headers } = gateway.sent("publish")[0].message;
  assert.equal(JSON.parse(channel.sent[0]).author, headers["peer-author"]);
  assert.deepEqual(JSON.parse(channel.sent[1]), { number: Number(headers["peer-number"]), data: "hi" });
});

test("a room ends when the server says so, or the page does (SIG-12)", async () => {
  const { client, room } = await enter([ALICE]);
  const errors = [];
  room.on("error", ({ code }) => errors.push(code));
  gateway.socket.push({ type: "room_left", room: "calls/1", problem: { code: "taken_over", detail: "", retryable: false } });
  await settle();
  assert.deepEqual(errors, ["taken_over"]);
  assert.equal(room.state, "left");
  assert.equal(FakeConnection.made[0].connectionState, "closed");
  const again = await client.room("calls/1", { RTCPeerConnection: FakeConnection });
  await again.leave();
  assert.equal(gateway.sent("leave_room").length, 1);
});

test("where the place is kept the room is entered again (SIG-15)", async () => {
  const { room } = await enter([ALICE]);
  const states = [];
  room.on("state", (state) => states.push(state));
  gateway.socket.push({ type: "room_left", room: "calls/1", problem: { code: "unavailable", detail: "", retryable: true } });
  await settle();
  assert.deepEqual(states, ["away", "joined"]);
  assert.deepEqual(gateway.sent("join").at(-1).resume, { peer: "9", secret: "s", after: 0 });
});

test("a refusal to join is told, and a call that another device answered stops ringing (SIG-53)", async () => {
  gateway.answer = (frame) =>
    frame.type === "join" ? { type: "problem", id: frame.id, code: "forbidden", detail: "", retryable: false } : answers(frame);
  const client = await connect();
  await assert.rejects(client.room("calls/1", { RTCPeerConnection: FakeConnection }), { code: "forbidden" });
  const seen = [];
  await client.calls({ onRinging: (call) => seen.push(call), onSettled: ({ state }) => seen.push(state) });
  await settle();
  const told = (type, data, n) =>
    gateway.socket.push({ type: "message", subscription: "s0", message: { channel: "$inbox/alice", id: `i${n}`, messageType: type, data, position: `1:${n}` } });
  told("call.ringing", { call: "3b", room: "calls/1", from: "bob", expires: "2026-01-01T00:00:30Z" }, 1);
  told("call.ringing", { call: "3c", room: "calls/1", from: "bob", expires: "2025-12-31T00:00:00Z" }, 2);
  await settle();
  assert.equal(seen.length, 1);
  await seen[0].accept();
  assert.deepEqual(gateway.sent("accept")[0].call, "3b");
  told("call.accepted", { call: "3b", room: "calls/1", connection: "another" }, 3);
  await settle();
  assert.equal(seen[1], "answered_elsewhere");
});
