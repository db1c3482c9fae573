// A subscriber with npm's ws: prints the data of so many messages, one a line, then ends.
const [url, token, channel, count] = process.argv.slice(2);
const WebSocket = require("ws");
const socket = new WebSocket(url, ["realtime.v1.json"], { headers: { Authorization: `Bearer ${token}` } });
let left = Number(count);
socket.on("open", () => socket.send(JSON.stringify({ type: "connect", id: 1 })));
socket.on("error", error => { console.error(error.message); process.exit(1); });
socket.on("message", text => {
  const frame = JSON.parse(text);
  if (frame.type === "connected") {
    socket.send(JSON.stringify({ type: "subscribe", id: 2, subscription: "s", channel, since: { last: 100 } }));
  } else if (frame.type === "message") {
    console.log(JSON.stringify(frame.message.data));
    if (--left === 0) socket.close(1000);
  }
});
socket.on("close", code => process.exit(code === 1000 ? 0 : 2));
