package io.socle.realtime.bench;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.mqtt.MqttClient;
import io.vertx.mqtt.MqttClientOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/** Many MQTT 3.1.1 clients of one gateway, of Vert.x, with QoS 1. */
final class MqttCrowd implements AutoCloseable {
    private static final long LIMIT_SECONDS = 300;
    private static final int KEEP_ALIVE_SECONDS = 600;
    private static final int QOS = 1;

    /** Publishes that one client may have under way. */
    private static final int IN_FLIGHT = 100;
    /** The client library tells of each connection; held here, since the logging of the JDK forgets who is not held. */
    private static final Logger CLIENT_LOG = Logger.getLogger("io.vertx.mqtt");

    static {
        CLIENT_LOG.setLevel(Level.WARNING);
    }

    private final Vertx vertx = Vertx.vertx();
    private final int port;
    private final List<MqttClient> clients = new ArrayList<>();
    private final Histogram connectMillis = new ConcurrentHistogram(3);

    MqttCrowd(int port) {
        this.port = port;
    }

    /** Connects so many more, so many at once, each under a name of its own; returns how long that took. */
    Duration connect(int count, int atOnce) throws Exception {
        long begun = System.nanoTime();
        for (int at = 0; at < count; at += atOnce) {
            List<Future<?>> connecting = new ArrayList<>();
            for (int i = at; i < Math.min(count, at + atOnce); i++) {
                connecting.add(connectOne());
            }
            await(Future.all(connecting));
        }
        return Duration.ofNanos(System.nanoTime() - begun);
    }

    private Future<?> connectOne() {
        MqttClient client = MqttClient.create(
                vertx,
                new MqttClientOptions()
                        .setClientId("bench-" + ProcessHandle.current().pid() + "-" + clients.size())
                        .setKeepAliveInterval(KEEP_ALIVE_SECONDS)
                        .setMaxInflightQueue(IN_FLIGHT)
                        .setMaxMessageSize(1 << 20));
        clients.add(client);
        long begun = System.nanoTime();
        return client.connect(port, "127.0.0.1")
                .onSuccess(any -> connectMillis.recordValue(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun)));
    }

    /** Subscribes each client to a topic of its own. */
    void subscribeEach(String prefix) throws Exception {
        List<Future<?>> subscribing = new ArrayList<>();
        for (int i = 0; i < clients.size(); i++) {
            subscribing.add(clients.get(i).subscribe(prefix + "/" + i, QOS));
        }
        await(Future.all(subscribing));
    }

    List<MqttClient> clients() {
        return clients;
    }

    /** From CONNECT, with the TCP connection before it, to CONNACK. */
    Histogram connectMillis() {
        return connectMillis;
    }

    static void await(Future<?> all) throws Exception {
        all.toCompletionStage().toCompletableFuture().get(LIMIT_SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public void close() throws Exception {
        await(Future.join(clients.stream()
                .filter(MqttClient::isConnected)
                .map(MqttClient::disconnect)
                .toList()));
        await(vertx.close());
    }
}
