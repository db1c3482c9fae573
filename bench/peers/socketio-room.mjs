// The same room on Socket.IO, over its WebSocket transport.
import { Server } from "socket.io";

const io = new Server({ transports: ["websocket"], perMessageDeflate: false });
io.on("connection", (socket) => {
  socket.on("join", () => {
    socket.join("room");
    socket.emit("joined");
  });
  socket.on("publish", (data) => io.to("room").emit("message", data));
});
const { createServer } = await import("node:http");
const http = createServer();
io.attach(http);
http.listen(Number(process.argv[2]), "127.0.0.1");
