package io.socle.realtime.launcher.client;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A WebSocket server that answers as a test says, and remembers the frames of each connection. */
final class FakeGateway implements AutoCloseable {
    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    private final HttpServer server;

    final List<List<JsonObject>> connections = new CopyOnWriteArrayList<>();

    /** What the server does with a frame. */
    @FunctionalInterface
    interface Script {
        void frame(int connection, JsonObject frame, ServerWebSocket socket);
    }

    FakeGateway(Script script) {
        server = vertx.createHttpServer(new HttpServerOptions().addWebSocketSubProtocol("realtime.v1.json"));
        server.webSocketHandler(socket -> accept(socket, script));
        await(server.listen(0, "127.0.0.1").toCompletionStage().toCompletableFuture()::get);
    }

    private void accept(ServerWebSocket socket, Script script) {
        int number = connections.size();
        var frames = new CopyOnWriteArrayList<JsonObject>();
        connections.add(frames);
        socket.textMessageHandler(text -> {
            var frame = new JsonObject(text);
            frames.add(frame);
            script.frame(number, frame, socket);
        });
    }

    private interface Wait {
        Object get(long time, TimeUnit unit) throws InterruptedException, ExecutionException, TimeoutException;
    }

    private static void await(Wait wait) {
        try {
            wait.get(10, TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new IllegalStateException("the test server did not start or stop", e);
        }
    }

    URI url() {
        return URI.create("ws://127.0.0.1:" + server.actualPort() + "/ws");
    }

    JsonObject frame(int connection, int index) {
        return connections.get(connection).get(index);
    }

    @Override
    public void close() {
        await(vertx.close().toCompletionStage().toCompletableFuture()::get);
    }
}
