import assert from "node:assert/strict";
import { test } from "node:test";
import { PeerLog } from "../../main/resources/META-INF/resources/realtime/peerlog.js";
import { seeded } from "./fakes.mjs";

/** A channel with pages on it; each message comes to each page when the test lets it. */
class Record {
  messages = [];
  pages = [];

  channel() {
    const page = { next: this.messages.length };
    this.pages.push(page);
    return {
      subscribe: (listeners) => {
        page.listeners = listeners;
        listeners.onSubscribed({ cursor: `1:${this.messages.length}` });
        return { end: async () => {} };
      },
      publish: async (data, { headers } = {}) => {
        this.messages.push({ data, headers, position: `1:${this.messages.length + 1}` });
        return { position: this.messages.at(-1).position };
      },
    };
  }

  /** The next message comes to this page by the log; false where there is none. */
  deliver(page) {
    if (page.next >= this.messages.length) return false;
    page.listeners.onMessage(this.messages[page.next++]);
    return true;
  }
}

function participant(record) {
  const seen = [];
  const positions = [];
  const log = new PeerLog(record.channel(), {
    onMessage: (data, from) => seen.push({ data, ...from }),
    onPosition: (from) => positions.push(from),
  });
  return { log, seen, positions, page: record.pages.at(-1) };
}

/** A way between two, on which what is sent waits until the test lets it come. */
function connect(one, other) {
  const wires = [[], []];
  const ways = [one, other].map(({ log }, side) => log.open({ send: (text) => wires[side].push(text) }));
  return {
    deliver: (side) => wires[side].length > 0 && (ways[1 - side].received(wires[side].shift()), true),
    cut: () => ways.forEach((way) => way.end()),
  };
}

function flush(deliver) {
  while (deliver());
}

const datas = ({ seen }) => seen.map(({ data }) => data);

test("a message comes at once from the peer, and its position from the log (JSC-15)", async () => {
  const record = new Record();
  const [a, b] = [participant(record), participant(record)];
  const way = connect(a, b);
  flush(() => way.deliver(0));
  await a.log.publish("hi");
  flush(() => way.deliver(0));
  assert.deepEqual(b.seen.map(({ data, via }) => [data, via]), [["hi", "peer"]]);
  flush(() => record.deliver(b.page));
  assert.deepEqual(datas(b), ["hi"]);
  assert.equal(b.positions[0].message.position, "1:1");
  assert.deepEqual(a.seen.map(({ via }) => via), ["own"]);
});

test("a peer that cannot be met is read from the log (JSC-15)", async () => {
  const record = new Record();
  const [a, b] = [participant(record), participant(record)];
  await a.log.publish(1);
  await a.log.publish(2);
  flush(() => record.deliver(b.page));
  assert.deepEqual(b.seen.map(({ data, via }) => [data, via]), [[1, "log"], [2, "log"]]);
});

test("a copy waits for what the log brings before it (JSC-15)", async () => {
  const record = new Record();
  const [a, b] = [participant(record), participant(record)];
  await a.log.publish(1);
  const way = connect(a, b);
  await a.log.publish(2);
  flush(() => way.deliver(0));
  assert.deepEqual(datas(b), []);
  flush(() => record.deliver(b.page));
  assert.deepEqual(datas(b), [1, 2]);
});

test("what others publish on the channel comes too (JSC-15)", async () => {
  const record = new Record();
  const b = participant(record);
  await record.channel().publish("from a device");
  flush(() => record.deliver(b.page));
  assert.deepEqual(datas(b), ["from a device"]);
});

test("nobody speaks for another that is here, and rubbish harms nobody", async () => {
  const record = new Record();
  const [a, b] = [participant(record), participant(record)];
  const way = connect(a, b);
  flush(() => way.deliver(0));
  const forged = b.log.open({ send() {} });
  await a.log.publish(1);
  forged.received(JSON.stringify({ author: record.messages[0].headers["peer-author"], settled: { number: 0 } }));
  for (const text of ['{"number":1,"data":"forged"}', "{", "null", '{"number":"x"}', "[]"]) forged.received(text);
  flush(() => way.deliver(0));
  flush(() => record.deliver(b.page));
  assert.deepEqual(datas(b), [1]);
});

test("copies that wait are bounded, and what is left out comes by the log", async () => {
  const record = new Record();
  const [a, b] = [participant(record), participant(record)];
  await a.log.publish(0);
  const way = connect(a, b);
  for (let n = 1; n <= 300; n++) await a.log.publish(n);
  flush(() => way.deliver(0));
  assert.deepEqual(datas(b), []);
  flush(() => record.deliver(b.page));
  assert.deepEqual(datas(b), Array.from({ length: 301 }, (_, n) => n));
});

test("each author's messages come once and in order while ways come and go (300 seeds)", async () => {
  for (let seed = 1; seed <= 300; seed++) await run(seed);
});

async function run(seed) {
  const random = seeded(seed);
  const pick = (list) => list[Math.floor(random() * list.length)];
  const record = new Record();
  const people = [participant(record), participant(record), participant(record)];
  const published = people.map(() => 0);
  let ways = [];
  for (let step = 0; step < 120; step++) {
    const of = Math.floor(random() * people.length);
    const what = random();
    if (what < 0.3) await people[of].log.publish([of, ++published[of]]);
    else if (what < 0.6) record.deliver(people[of].page);
    else if (what < 0.9) ways.length > 0 && pick(ways).way.deliver(random() < 0.5 ? 0 : 1);
    else if (what < 0.95) ways = join(ways, people, of, (of + 1) % people.length);
    else if (ways.length > 0) ways = cut(ways, pick(ways));
  }
  people.forEach(({ page }) => flush(() => record.deliver(page)));
  people.forEach((person) => check(person, published, seed));
}

function join(ways, people, one, other) {
  const key = [one, other].sort().join();
  return ways.some((known) => known.key === key) ? ways : [...ways, { key, way: connect(people[one], people[other]) }];
}

function cut(ways, gone) {
  gone.way.cut();
  return ways.filter((known) => known !== gone);
}

function check({ seen }, published, seed) {
  published.forEach((count, author) => {
    const numbers = seen.filter(({ data }) => data[0] === author).map(({ data }) => data[1]);
    assert.deepEqual(numbers, Array.from({ length: count }, (_, n) => n + 1), `seed ${seed}`);
  });
}

test("what was refused by the log has come from the peer, and a number far ahead costs nothing", async () => {
  const record = new Record();
  const [a, b] = [participant(record), participant(record)];
  const way = connect(a, b);
  await a.log.publish(1);
  record.messages.pop();
  const author = await a.log.publish(2).then(() => record.messages[0].headers["peer-author"]);
  flush(() => way.deliver(0));
  record.messages.push({ data: "far", headers: { "peer-author": author, "peer-number": String(2 ** 52) }, position: "1:2" });
  flush(() => record.deliver(b.page));
  assert.deepEqual(datas(b), [1, 2, "far"]);
});
