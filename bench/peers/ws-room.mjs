// A bare room server on the npm package ws: what one member says, all members get.
import { WebSocketServer } from "ws";

const server = new WebSocketServer({ host: "127.0.0.1", port: Number(process.argv[2]), perMessageDeflate: false });
const room = new Set();
server.on("connection", (socket) => {
  socket.on("close", () => room.delete(socket));
  socket.on("message", (data) => {
    const text = data.toString();
    if (text === "join") {
      room.add(socket);
      socket.send("joined");
    } else {
      for (const member of room) member.send(text);
    }
  });
});
