package io.socle.realtime.bench;

import io.netty.handler.codec.mqtt.MqttQoS;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.mqtt.MqttClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Retained messages behind a wildcard: {@code MqttRetained PORT COUNT}; prints one table row. */
public final class MqttRetained {
    private static final int AT_ONCE = 100;
    private static final int QOS = 1;
    private static final long LIMIT_SECONDS = 120;
    private static final Buffer DATA = Buffer.buffer("x".repeat(200));

    private MqttRetained() {}

    public static void main(String[] arguments) throws Exception {
        int count = Integer.parseInt(arguments[1]);
        String prefix = "retained-" + ProcessHandle.current().pid();
        try (var crowd = new MqttCrowd(Integer.parseInt(arguments[0]))) {
            crowd.connect(2, 2);
            publish(crowd.clients().getFirst(), prefix, count);
            System.out.printf(
                    Locale.ROOT, "| %d | %.2f |%n", count, read(crowd.clients().getLast(), prefix, count) / 1e9);
        }
    }

    private static void publish(MqttClient client, String prefix, int count) throws Exception {
        for (int at = 0; at < count; at += AT_ONCE) {
            int to = Math.min(count, at + AT_ONCE);
            var acknowledged = new CountDownLatch(to - at);
            client.publishCompletionHandler(any -> acknowledged.countDown());
            List<Future<?>> sent = new ArrayList<>();
            for (int i = at; i < to; i++) {
                sent.add(client.publish(prefix + "/" + i, DATA, MqttQoS.AT_LEAST_ONCE, false, true));
            }
            MqttCrowd.await(Future.all(sent));
            expect(acknowledged);
        }
    }

    /** From SUBSCRIBE to the last of them, in nanoseconds. */
    private static long read(MqttClient client, String prefix, int count) throws Exception {
        Set<String> topics = ConcurrentHashMap.newKeySet();
        var all = new CountDownLatch(1);
        client.publishHandler(message -> {
            topics.add(message.topicName());
            if (topics.size() == count) {
                all.countDown();
            }
        });
        long begun = System.nanoTime();
        MqttCrowd.await(client.subscribe(prefix + "/#", QOS));
        expect(all);
        return System.nanoTime() - begun;
    }

    private static void expect(CountDownLatch latch) throws InterruptedException, TimeoutException {
        if (!latch.await(LIMIT_SECONDS, TimeUnit.SECONDS)) {
            throw new TimeoutException("nothing more came for " + LIMIT_SECONDS + " s");
        }
    }
}
