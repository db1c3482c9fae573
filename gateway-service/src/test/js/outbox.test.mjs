import assert from "node:assert/strict";
import { test } from "node:test";
import { RealtimeError } from "../../main/resources/META-INF/resources/realtime/error.js";
import { Outbox } from "../../main/resources/META-INF/resources/realtime/outbox.js";
import { MemoryStore } from "../../main/resources/META-INF/resources/realtime/stores.js";
import { OnlyTab } from "../../main/resources/META-INF/resources/realtime/tabs.js";
import { FakeLog, seeded, settle } from "./fakes.mjs";

const AGAIN = { retryable: true, retryAfterMs: 0 };

function open(events, { store = new MemoryStore(), tabs = () => new OnlyTab(), ...options } = {}) {
  return new Outbox(store, tabs, options, { dropped: () => undefined, ...events });
}

/** Waits for a condition; the retries of an outbox take real, if short, time. */
async function until(condition, limitMs = 10_000) {
  const end = Date.now() + limitMs;
  while (!condition()) {
    assert.ok(Date.now() < end, "the condition did not come true in time");
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
}

test("what is published without a connection is sent when there is one, in order (JSC-3)", async () => {
  const log = new FakeLog();
  const outbox = open({ send: async (message) => log.publish(message) });
  const published = [1, 2, 3].map((data) => outbox.add({ channel: "c", data }));
  await settle();
  assert.equal(outbox.size, 3);
  assert.deepEqual(log.data("c"), []);
  outbox.resume();
  assert.deepEqual(await Promise.all(published), [1, 2, 3].map((n) => ({ position: `1:${n}`, repeat: false })));
  assert.deepEqual(log.data("c"), [1, 2, 3]);
  assert.equal(outbox.size, 0);
});

test("a message that is refused for now holds back those behind it on its channel, and no others (JSC-3)", async () => {
  const log = new FakeLog();
  let refusals = 3;
  const outbox = open({
    send: async (message) => {
      if (message.data === "first" && refusals-- > 0) throw new RealtimeError("overloaded", "", AGAIN);
      return log.publish(message);
    },
  });
  outbox.resume();
  const all = [outbox.add({ channel: "c", data: "first" }), outbox.add({ channel: "c", data: "second" })];
  await outbox.add({ channel: "d", data: "other" });
  assert.deepEqual(log.data("c"), []);
  await Promise.all(all);
  assert.deepEqual(log.data("c"), ["first", "second"]);
});

test("a message that is refused for good is dropped, told, and the next goes on (JSC-6)", async () => {
  const log = new FakeLog();
  const dropped = [];
  const outbox = open({
    send: async (message) => {
      if (message.data === "bad") throw new RealtimeError("forbidden", "no");
      return log.publish(message);
    },
    dropped: ({ message, code }) => dropped.push([message.data, code]),
  });
  outbox.resume();
  const bad = outbox.add({ channel: "c", data: "bad" });
  const good = outbox.add({ channel: "c", data: "good" });
  await assert.rejects(bad, { code: "forbidden" });
  await good;
  assert.deepEqual(dropped, [["bad", "forbidden"]]);
});

test("as many messages and bytes wait as is allowed, and one more is refused (JSC-6)", async () => {
  const outbox = open({ send: async () => ({}) }, { outboxMessages: 2 });
  outbox.add({ channel: "c", data: 1 }).catch(() => undefined);
  outbox.add({ channel: "c", data: 2 }).catch(() => undefined);
  await assert.rejects(outbox.add({ channel: "c", data: 3 }), { code: "outbox_full", retryable: true });

  const message = { channel: "c", data: "x".repeat(100) };
  const small = open({ send: async () => ({}) }, { outboxBytes: JSON.stringify(message).length });
  small.add(message).catch(() => undefined);
  await assert.rejects(small.add({ channel: "c", data: 1 }), { code: "outbox_full" });
  const smaller = open({ send: async () => ({}) }, { outboxBytes: JSON.stringify(message).length - 1 });
  await assert.rejects(smaller.add(message), { code: "outbox_full" });
});

test("what a page left behind is sent by the next one, with the id that it had (JSC-4, JSC-5)", async () => {
  const store = new MemoryStore();
  const log = new FakeLog();
  const first = open({ send: async (message) => Promise.reject(new RealtimeError("timeout", log.publish(message).position, AGAIN)) }, { store });
  first.resume();
  first.add({ channel: "c", data: "decided, but nobody knows" }).catch(() => undefined);
  await until(() => log.data("c").length === 1);
  first.close();

  const second = open({ send: async (message) => log.publish(message) }, { store });
  await settle();
  assert.equal(second.size, 1);
  second.resume();
  await until(() => second.size === 0);
  assert.deepEqual(log.data("c"), ["decided, but nobody knows"]);
});

/** Pages come and go over one store; links break before, at and after the decision. Every message that stays is published once, in order. */
for (let seed = 1; seed <= 200; seed++) {
  test(`every message is published once and in order of its channel, seed ${seed} (JSC-3, JSC-4)`, () => run(seeded(seed)));
}

async function run(random) {
  const store = new MemoryStore();
  const log = new FakeLog();
  const expected = new Map();
  let faults = 20;
  const events = {
    send: async (message) => {
      const fate = faults > 0 ? random() : 1;
      if (fate < 0.4) faults--;
      if (fate < 0.2) throw new RealtimeError("overloaded", "", AGAIN);
      const decision = log.publish(message);
      if (fate < 0.4) throw new RealtimeError("timeout", "", AGAIN);
      return decision;
    },
  };
  let page = open(events, { store });
  for (let step = 0; step < 40; step++) {
    const choice = random();
    if (choice < 0.6) {
      const channel = random() < 0.5 ? "a" : "b";
      if (!expected.has(channel)) expected.set(channel, []);
      expected.get(channel).push(step);
      page.add({ channel, data: step }).catch(() => undefined);
      await settle(4);
    } else if (choice < 0.75) {
      page.resume();
    } else if (choice < 0.9) {
      page.pause();
    } else {
      await settle(8);
      page.close();
      page = open(events, { store });
    }
  }
  page.resume();
  await settle();
  await until(() => page.size === 0);
  page.close();
  assert.deepEqual(await store.after(0), []);
  for (const [channel, data] of expected) assert.deepEqual(log.data(channel), data);
}
