import assert from "node:assert/strict";
import { mock, test } from "node:test";
import { connect, gateway, pass } from "./bench.mjs";
import { settle } from "./fakes.mjs";

function message(offset, extra = {}) {
  return { type: "message", subscription: "s0", message: { channel: "c", id: `m${offset}`, position: `1:${offset}` }, ...extra };
}

test("the token goes into the first frame, from a function too (WS-2)", async () => {
  const client = await connect({ token: async () => "t0ken" });
  assert.equal(client.state, "connected");
  assert.deepEqual(gateway.socket.protocols, ["realtime.v1.json"]);
  assert.deepEqual(gateway.socket.sent[0], { type: "connect", id: 0, token: "t0ken" });
});

test("a subscription goes on behind its last place after a break, and nothing comes twice (JSC-2)", async () => {
  const client = await connect();
  const seen = [];
  client.channel("c").subscribe({ since: { last: 2 }, onMessage: ({ position }) => seen.push(position) });
  await settle();
  assert.deepEqual(gateway.socket.sent.at(-1).since, { last: 2 });
  gateway.socket.push(message(1));
  gateway.socket.push(message(2));
  gateway.socket.push({ type: "skipped", subscription: "s0", channel: "c", from: "1:3", to: "1:4" });
  await settle();
  gateway.socket.close();
  await settle();
  assert.equal(client.state, "waiting");
  await pass(250);
  assert.equal(client.state, "connected");
  assert.deepEqual(gateway.sent("subscribe").at(-1).since, { position: "1:4" });
  assert.deepEqual(seen, ["1:1", "1:2"]);
});

test("a filter goes on from its cursor, which ranges of positions do not move (JSC-2)", async () => {
  const client = await connect();
  const lost = [];
  client.subscribe({ filter: "c/#", onLost: (range) => lost.push(range) });
  await settle();
  gateway.socket.push(message(1, { cursor: "AAAA" }));
  gateway.socket.push({ type: "lost", subscription: "s0", channel: "c/1", from: "1:3", to: "1:4" });
  await settle();
  gateway.socket.close();
  await settle();
  await pass(250);
  assert.deepEqual(gateway.sent("subscribe").at(-1).since, { cursor: "AAAA" });
  assert.equal(lost.length, 1);
});

test("a place that is no more is told, and the subscription begins anew (JSC-2)", async () => {
  const client = await connect();
  const resets = [];
  client.channel("c").subscribe({ onReset: (event) => resets.push(event) });
  await settle();
  gateway.socket.push(message(7));
  await settle();
  gateway.answer = (frame) =>
    frame.type === "subscribe" && frame.since !== undefined
      ? { type: "problem", id: frame.id, code: "unknown_position", detail: "of another epoch", retryable: false }
      : undefined;
  gateway.socket.close();
  await settle();
  await pass(250);
  assert.deepEqual(resets, [{ from: { position: "1:7" }, code: "unknown_position" }]);
  assert.equal(gateway.sent("subscribe").at(-1).since, undefined);
});

test("a place that the page itself gave wrong is an error, not a new beginning (JSC-2)", async () => {
  gateway.answer = (frame) => ({ type: "problem", id: frame.id, code: "unknown_position", detail: "no", retryable: false });
  const client = await connect();
  const errors = [];
  client.channel("c").subscribe({ since: { position: "9:9" }, onError: (error) => errors.push(error.code) });
  await settle();
  assert.deepEqual(errors, ["unknown_position"]);
  assert.equal(gateway.sent("subscribe").length, 1);
});

test("what an owner refuses for now is asked again when it said (WS-26)", async () => {
  gateway.answer = (frame) =>
    gateway.sent("subscribe").length < 2
      ? { type: "problem", id: frame.id, code: "overloaded", detail: "", retryable: true, retryAfterMs: 900 }
      : { type: "subscribed", id: frame.id, subscription: "s0", cursor: "1:0" };
  const client = await connect();
  client.channel("c").subscribe({});
  await settle();
  await pass(899);
  assert.equal(gateway.sent("subscribe").length, 1);
  await pass(1);
  assert.equal(gateway.sent("subscribe").length, 2);
});

test("a durable subscription acknowledges what the page has taken, and does not say since again (DUR-4)", async () => {
  const client = await connect();
  client.channel("c").subscribe({ durable: "billing", qos: 1, onMessage: () => undefined });
  await settle();
  gateway.socket.push(message(5));
  await settle();
  assert.deepEqual(gateway.socket.sent.at(-1), { type: "ack", subscription: "s0", cursor: "1:5" });
  gateway.socket.close();
  await settle();
  await pass(250);
  assert.equal(gateway.sent("subscribe").at(-1).since, undefined);
});

test("a listener that throws ends neither the subscription nor its place", async () => {
  const uncaught = mock.fn();
  globalThis.reportError = uncaught;
  const client = await connect();
  const subscription = client.channel("c").subscribe({
    onMessage: () => {
      throw new Error("of the page");
    },
  });
  await settle();
  gateway.socket.push(message(1));
  gateway.socket.push(message(2));
  await settle();
  assert.deepEqual(subscription.place, { position: "1:2" });
  assert.equal(uncaught.mock.callCount(), 2);
  delete globalThis.reportError;
});

test("waits between attempts double up to a bound, have jitter, and obey the server's advice (JSC-1)", async () => {
  gateway.connected = (frame) => {
    gateway.socket.close();
    return [];
  };
  const client = await connect();
  const waits = [];
  for (let i = 0; i < 9; i++) {
    const before = gateway.sockets.length;
    let waited = 0;
    while (gateway.sockets.length === before) {
      await pass(25);
      waited += 25;
    }
    waits.push(waited);
  }
  assert.deepEqual(waits, [125, 250, 500, 1000, 2000, 4000, 7500, 7500, 7500]);
  gateway.connected = () => ({ type: "disconnect", code: "shutting_down", reason: "", reconnectAfterMs: 20_000 });
  await pass(7500);
  gateway.socket.close();
  await settle();
  assert.equal(client.state, "waiting");
  const before = gateway.sockets.length;
  await pass(19_999);
  assert.equal(gateway.sockets.length, before);
  await pass(1);
  assert.equal(gateway.sockets.length, before + 1);
});

test("a disconnect without advice is final, and everybody is told (JSC-1)", async () => {
  const client = await connect({ token: "fixed" });
  const errors = [];
  client.on("error", (error) => errors.push(error.code));
  client.channel("c").subscribe({ onError: (error) => errors.push(`s ${error.code}`) });
  await settle();
  gateway.socket.push({ type: "disconnect", code: "unauthorized", reason: "revoked" });
  await settle();
  gateway.socket.close();
  await settle();
  assert.equal(client.state, "failed");
  assert.deepEqual(errors, ["unauthorized", "s unauthorized"]);
  await pass(60_000);
  assert.equal(gateway.sockets.length, 1);
  await assert.rejects(client.channel("c").publish(1), { code: "closed" });
});

test("a token that was refused is asked for anew, three times (JSC-1)", async () => {
  gateway.connected = () => {
    gateway.socket.push({ type: "disconnect", code: "token_expired", reason: "" });
    queueMicrotask(() => queueMicrotask(() => gateway.socket.close()));
  };
  let asked = 0;
  const client = await connect({ token: () => `t${++asked}` });
  for (let i = 0; i < 20; i++) await pass(5_000);
  assert.equal(client.state, "failed");
  assert.equal(asked, 4);
});

test("a token with an end is renewed before it on the living connection (JSC-7)", async () => {
  const until = new Date(Date.now() + 120_000).toISOString();
  const normal = gateway.connected;
  gateway.connected = () => ({ ...normal(), expires: until });
  gateway.answer = (frame) => ({ type: "refreshed", id: frame.id, expires: new Date(Date.now() + 120_000).toISOString() });
  let asked = 0;
  await connect({ token: () => `t${++asked}` });
  gateway.socket.push({ type: "ping" });
  for (let i = 0; i < 9; i++) {
    await pass(10_000);
    gateway.socket.push({ type: "ping" });
    await settle();
  }
  assert.deepEqual(gateway.sent("refresh").map(({ token }) => token), ["t2"]);
});

test("pings are answered, and a link on which nothing comes for two heartbeats is given up (WS-6)", async () => {
  const client = await connect();
  gateway.socket.push({ type: "ping" });
  await settle();
  assert.equal(gateway.socket.sent.at(-1).type, "pong");
  await pass(30_000);
  assert.equal(client.state, "connected");
  await pass(7_500);
  assert.equal(client.state, "waiting");
});

test("no more commands are under way than the server allows (WS-12)", async () => {
  gateway.connected = () => ({ type: "connected", id: 0, heartbeatMs: 15_000, limits: { inFlight: 2 } });
  const client = await connect();
  const answers = [1, 2, 3].map((n) => client.request({ type: "history", channel: `c${n}`, last: 1 }));
  await settle();
  assert.equal(gateway.sent("history").length, 2);
  gateway.socket.push({ type: "history", id: gateway.sent("history")[0].id, channel: "c1", items: [] });
  await settle();
  assert.equal(gateway.sent("history").length, 3);
  assert.equal((await answers[0]).channel, "c1");
  answers.slice(1).forEach((answer) => answer.catch(() => undefined));
});

test("what was not answered when the link broke fails as disconnected, and can be tried again", async () => {
  const client = await connect();
  const history = client.channel("c").history();
  await settle();
  gateway.socket.close();
  await assert.rejects(history, { code: "disconnected", retryable: true });
});

test("bytes are sent as base64 and everything else as JSON", async () => {
  gateway.answer = (frame) => ({ type: "published", id: frame.id, position: "1:1" });
  const client = await connect();
  assert.deepEqual(await client.channel("c").publish(new Uint8Array([0, 255])), { position: "1:1", repeat: false });
  await client.channel("c").publish(null);
  const [bytes, nothing] = gateway.sent("publish").map(({ message: { id, ...rest } }) => rest);
  assert.deepEqual(bytes, { channel: "c", base64: "AP8=" });
  assert.deepEqual(nothing, { channel: "c", data: null });
});
