import { Realtime } from "/realtime.js";

const MOST_MESSAGES = 500;
const MOST_EVENTS = 8;

const part = (id) => document.getElementById(id);
const parameters = new URLSearchParams(location.hash.slice(1));
const name = parameters.get("channel") ?? "chat/demo";
const token = parameters.get("token") ?? undefined;

const client = new Realtime({ token, outbox: "demo" });
const channel = client.channel(name);

channel.subscribe({
  since: { last: 50 },
  onMessage: (message) => {
    add(item(message));
    part("position").textContent = message.position;
  },
  onCaughtUp: () => tell("caught up"),
  onLost: ({ from, to }) => add(told(`${from} to ${to} are no longer kept`)),
  onSkipped: ({ from, to }) => tell(`not for you: ${from} to ${to}`),
  onReset: ({ code }) => add(told(`began anew: ${code}`)),
  onSlow: ({ policy }) => tell(`slow: ${policy}`),
  onError: ({ code, message }) => add(told(`${code}: ${message}`)),
});

client.on("state", showState);
client.on("error", ({ code, message }) => tell(`${code}: ${message}`));
client.on("dropped", ({ code, detail }) => add(told(`not sent, ${code}: ${detail}`)));

part("compose").addEventListener("submit", async (event) => {
  event.preventDefault();
  const { name: who, text } = event.target.elements;
  localStorage.setItem("realtime-demo-name", who.value);
  const data = { name: who.value, text: text.value };
  text.value = "";
  const begin = performance.now();
  const publishing = channel.publish(data);
  showWaiting();
  try {
    await publishing;
    part("answer").textContent = `${Math.round(performance.now() - begin)} ms`;
  } catch (error) {
    tell(`not sent: ${error.code}`);
  }
  showWaiting();
});

/** What others write is text, never markup. */
function item({ data, position, time }) {
  const { name: who = "someone", text = JSON.stringify(data) } = data ?? {};
  const line = document.createElement("li");
  line.append(made("b", who), String(text), made("small", `${position.split(":").at(-1)} · ${clock(time)}`));
  return line;
}

function told(text) {
  const line = made("li", text);
  line.className = "told";
  return line;
}

function add(line) {
  const list = part("messages");
  const follows = list.scrollHeight - list.scrollTop - list.clientHeight < 40;
  list.append(line);
  if (list.children.length > MOST_MESSAGES) list.firstChild.remove();
  if (follows) list.scrollTop = list.scrollHeight;
}

function tell(text) {
  const line = made("li", text);
  line.append(made("time", clock(new Date())));
  part("events").prepend(line);
  if (part("events").children.length > MOST_EVENTS) part("events").lastChild.remove();
}

function showState(state) {
  part("state").textContent = state === "connected" ? `connected as ${client.info.subject}` : state;
  part("state").dataset.state = state;
  tell(state);
  showWaiting();
}

function showWaiting() {
  part("waiting").textContent = client.waiting;
}

function made(tag, text) {
  const element = document.createElement(tag);
  element.textContent = text;
  return element;
}

function clock(time) {
  return new Date(time).toLocaleTimeString();
}

part("channel").textContent = name;
part("command").textContent = `./realtime pub ${name} '{"text":"hello"}'`;
part("compose").elements.name.value = localStorage.getItem("realtime-demo-name") ?? "";
