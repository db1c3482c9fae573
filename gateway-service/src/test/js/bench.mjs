import { afterEach, beforeEach, mock } from "node:test";
import { Realtime } from "../../main/resources/META-INF/resources/realtime.js";
import { FakeGateway, settle } from "./fakes.mjs";

/** A gateway in memory, a new one for each test of the file that imports it; time passes when the test says so. */
export let gateway;
let clients;

beforeEach(() => {
  mock.timers.enable({ apis: ["setTimeout", "setInterval", "Date"], now: Date.parse("2026-01-01T00:00:00Z") });
  gateway = new FakeGateway();
  clients = [];
});

afterEach(() => {
  clients.forEach((client) => client.close());
  mock.timers.reset();
});

/** A client that is about to connect, and is closed after the test. */
export function open(options = {}) {
  const client = new Realtime({ url: "ws://test/ws", WebSocket: gateway.WebSocket, random: () => 0.5, ...options });
  clients.push(client);
  return client;
}

/** The same, connected. */
export async function connect(options = {}) {
  const client = open(options);
  await settle();
  return client;
}

/** So much time passes, and what was due in it has happened. */
export async function pass(ms) {
  mock.timers.tick(ms);
  await settle();
}
