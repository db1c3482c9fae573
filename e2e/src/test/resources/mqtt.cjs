// mqtt.js as a publisher, which sends each line that it reads and ends when all are acknowledged, or as a subscriber, which
// prints each payload as a line.
const [mode, url, version, qos, topic, token] = process.argv.slice(2);
const client = require("mqtt").connect(url, {
  protocolVersion: Number(version), username: "device", password: token, reconnectPeriod: 0, connectTimeout: 20000
});
client.on("error", error => { console.error(error.message); process.exit(1); });
client.on("connect", () => {
  if (mode === "sub") {
    client.on("message", (name, payload) => console.log(payload.toString()));
    client.subscribe(topic, { qos: Number(qos) });
    return;
  }
  const lines = require("readline").createInterface({ input: process.stdin });
  const sent = [];
  lines.on("line", line => sent.push(client.publishAsync(topic, line, { qos: Number(qos) })));
  lines.on("close", () => Promise.all(sent).then(() => client.end(false, {}, () => process.exit(0))));
});
