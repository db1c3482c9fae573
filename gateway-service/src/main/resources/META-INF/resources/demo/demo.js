import { Realtime } from "/realtime.js";
import { Call } from "./call.js";
import { Chat } from "./chat.js";
import { tell } from "./events.js";
import { part } from "./page.js";
import { People } from "./people.js";
import { Typing } from "./typing.js";

const parameters = new URLSearchParams(location.hash.slice(1));
const name = parameters.get("channel") ?? "chat/demo";
const nameField = part("name");
nameField.value = localStorage.getItem("realtime-demo-name") ?? `guest ${Math.floor(Math.random() * 900) + 100}`;
const me = () => nameField.value.trim() || "someone";

const client = new Realtime({ token: parameters.get("token") ?? undefined, outbox: "demo" });
const typing = new Typing(client.channel(`typing/${name}`), me);
const chat = new Chat(client.channel(name), me, (writer) => typing.silent(writer));
const people = new People(client.presence(name), me);
new Call(client, name, chat.log, me);

client.on("state", (state) => {
  part("state").textContent = state === "connected" ? `connected as ${client.info.subject}` : state;
  part("state").dataset.state = state;
  tell(client.waiting > 0 ? `${state}, ${client.waiting} to send` : state);
});
client.on("error", ({ code, message }) => tell(`${code}: ${message}`));
client.on("dropped", ({ code, detail }) => tell(`not sent, ${code}: ${detail}`));

people.enter();
nameField.addEventListener("change", () => {
  localStorage.setItem("realtime-demo-name", me());
  people.enter();
});

part("compose").addEventListener("submit", (event) => {
  event.preventDefault();
  const { text } = event.target.elements;
  chat.say(text.value);
  text.value = "";
  typing.sent();
});
part("compose").elements.text.addEventListener("input", () => typing.typed());

part("channel").textContent = name;
part("command").textContent = [
  `./realtime pub ${name} '{"text":"hello"}'`,
  `mosquitto_pub -p 1883 -u device -P "$REALTIME_TOKEN" -t ${name} -m '{"name":"pump","text":"42 bar"}'`,
].join("\n");
