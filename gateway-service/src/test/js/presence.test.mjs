import assert from "node:assert/strict";
import { test } from "node:test";
import { connect, gateway, open, pass } from "./bench.mjs";
import { settle } from "./fakes.mjs";

const member = (subject) => ({ subject, entry: "page", kind: "human" });

function change(version, event, subject) {
  const data = { version, event, ...member(subject) };
  const message = { channel: "$presence/c", id: `m${version}`, position: `1:${version}`, data };
  gateway.socket.push({ type: "message", subscription: "s0", message });
  return settle();
}

/** Answers as a gateway would whose channel has these members at this version. */
function answering(pages) {
  return (frame) => {
    if (frame.type === "subscribe") return { type: "subscribed", id: frame.id, subscription: frame.subscription, cursor: "1:0" };
    if (frame.type === "enter") return { type: "entered", id: frame.id, version: 1 };
    if (frame.type === "members") return { type: "members", id: frame.id, mode: "events", ...pages[frame.after ?? ""] };
    return { type: "left", id: frame.id };
  };
}

const subjects = (watch) => watch.members.map(({ subject }) => subject);

test("a watch is a snapshot and then each change beyond it, once (JSC-14)", async () => {
  const pages = { "": { version: 5, members: [member("a")], next: "a" }, a: { version: 7, members: [member("b")] } };
  gateway.answer = answering(pages);
  const client = await connect();
  const told = [];
  const watch = client.presence("c").watch({
    onMembers: (members) => told.push(members.length),
    onEnter: ({ subject }) => told.push(`+${subject}`),
    onLeave: ({ subject }) => told.push(`-${subject}`),
  });
  await settle();
  await change(5, "leave", "a");
  await change(6, "enter", "b");
  await change(7, "leave", "a");
  assert.deepEqual(subjects(watch), ["b"]);
  assert.deepEqual(told, [2, "+b", "-a"]);
  assert.equal(gateway.sent("subscribe")[0].channel, "$presence/c");
});

test("changes that come before the snapshot wait for it (JSC-14)", async () => {
  let answer;
  gateway.answer = (frame, socket) => {
    if (frame.type !== "members") return answering({})(frame);
    answer = () => socket.push({ type: "members", id: frame.id, mode: "events", version: 1, members: [member("a")] });
    return undefined;
  };
  const client = await connect();
  const watch = client.presence("c").watch();
  await settle();
  await change(1, "enter", "a");
  await change(2, "enter", "b");
  assert.deepEqual(subjects(watch), []);
  answer();
  await settle();
  assert.deepEqual(subjects(watch), ["a", "b"]);
});

test("where changes were lost the snapshot is taken anew (JSC-14)", async () => {
  const pages = { "": { version: 1, members: [member("a")] } };
  gateway.answer = answering(pages);
  const client = await connect();
  const watch = client.presence("c").watch();
  await settle();
  pages[""] = { version: 9, members: [member("z")] };
  gateway.socket.push({ type: "lost", subscription: "s0", channel: "$presence/c", from: "1:2", to: "1:8" });
  await settle();
  assert.deepEqual(subjects(watch), ["z"]);
});

test("a snapshot that was on its way when changes were lost is not relied on (JSC-14)", async () => {
  const answers = [];
  gateway.answer = (frame, socket) => {
    if (frame.type !== "members") return answering({})(frame);
    const members = [member(answers.length === 0 ? "old" : "new")];
    answers.push(() => socket.push({ type: "members", id: frame.id, mode: "events", version: 1 + answers.length, members }));
    return undefined;
  };
  const client = await connect();
  const watch = client.presence("c").watch();
  await settle();
  gateway.socket.push({ type: "lost", subscription: "s0", channel: "$presence/c", from: "1:2", to: "1:8" });
  await settle();
  answers[0]();
  await settle();
  answers[1]();
  await settle();
  assert.deepEqual(subjects(watch), ["new"]);
});

test("who has entered is entered again after a break, until it leaves (JSC-14)", async () => {
  gateway.answer = answering({});
  const client = await connect();
  const presence = client.presence("c");
  assert.equal((await presence.enter({ entry: "page", state: { name: "Ada" } })).version, 1);
  gateway.socket.close();
  await settle();
  await pass(250);
  assert.deepEqual(gateway.sent("enter").map(({ state }) => state), [{ name: "Ada" }, { name: "Ada" }]);
  await presence.leave({ entry: "page" });
  assert.equal(gateway.sent("leave")[0].entry, "page");
  gateway.socket.close();
  await settle();
  await pass(500);
  assert.equal(gateway.sent("enter").length, 2);
});

test("an enter without a connection waits for one; one that is refused fails (JSC-14)", async () => {
  gateway.answer = (frame) =>
    frame.state === "bad"
      ? { type: "problem", id: frame.id, code: "forbidden", detail: "no", retryable: false }
      : { type: "entered", id: frame.id, version: 3 };
  const client = open();
  const errors = [];
  client.on("error", ({ code }) => errors.push(code));
  const entering = client.presence("c").enter({ entry: "e" });
  const refused = client.presence("d").enter({ entry: "e", state: "bad" });
  await assert.rejects(refused, { code: "forbidden" });
  assert.equal((await entering).version, 3);
  assert.deepEqual(errors, ["forbidden"]);
});

test("a gap in versions has the snapshot taken anew (JSC-14)", async () => {
  const pages = { "": { version: 1, members: [member("a")] } };
  gateway.answer = answering(pages);
  const client = await connect();
  const watch = client.presence("c").watch();
  await settle();
  pages[""] = { version: 3, members: [member("b"), member("c")] };
  await change(3, "enter", "c");
  await change(4, "enter", "d");
  assert.deepEqual(subjects(watch), ["b", "c", "d"]);
});

test("a channel of many members tells counts, and its members again when they are few (JSC-14)", async () => {
  const pages = { "": { version: 1, mode: "counts", count: 300, members: [member("a")], next: "a" } };
  gateway.answer = answering(pages);
  const client = await connect();
  const counts = [];
  const watch = client.presence("c").watch({ onCounts: ({ count }) => counts.push(count) });
  await settle();
  assert.equal(gateway.sent("members").length, 1);
  assert.equal(watch.count, 300);
  const push = (version, data) =>
    gateway.socket.push({ type: "message", subscription: "s0", message: { channel: "$presence/c", position: `1:${version}`, data } });
  push(9, { version: 9, event: "counts", count: 310, joins: 10, leaves: 0 });
  await settle();
  assert.equal(watch.count, 310);
  pages[""] = { version: 20, members: [member("a"), member("b")] };
  push(20, { version: 20, event: "mode", mode: "events", count: 2 });
  await settle();
  assert.deepEqual([watch.mode, watch.count, counts], ["events", 2, [310]]);
});
