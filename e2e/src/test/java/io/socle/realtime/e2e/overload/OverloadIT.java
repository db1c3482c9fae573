package io.socle.realtime.e2e.overload;

import static org.assertj.core.api.Assertions.assertThat;

import io.socle.realtime.contracts.frame.Selection;
import io.socle.realtime.contracts.frame.ServerFrame;
import io.socle.realtime.e2e.client.HttpApi;
import io.socle.realtime.e2e.client.Selections;
import io.socle.realtime.e2e.suite.Suite;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Numbers at which servers of this kind break: subscriptions, filters and channels by the ten thousand. */
class OverloadIT {
    /** The default of realtime.limits.subscriptions. */
    private static final int SUBSCRIPTIONS = 10_000;

    private static final int FILTERS = 10_000;
    private static final int CHANNELS = 100_000;
    private static final int BATCH = 100;
    private static final int PUBLISHERS = 4;
    /** Of each thousandth it is looked at what became of it. */
    private static final int SAMPLE = 1_000;

    private static Suite suite;
    private static String token;
    private static HttpApi http;

    @BeforeAll
    static void start() {
        suite = Suite.start("overload", Map.of());
        token = suite.tokens().everything("crowd");
        http = new HttpApi(suite, token);
    }

    @AfterAll
    static void stop() {
        suite.close();
    }

    private static IntFunction<Selection> channels(String prefix) {
        return number -> Selections.channel(prefix + number);
    }

    /** Resident memory of a service, in KiB. */
    private static long memory(String service) throws IOException {
        Path status = Path.of("/proc/" + suite.pid(service).orElseThrow() + "/status");
        try (var lines = Files.lines(status)) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static void print(String what, long begun, Map<String, Long> before) throws IOException {
        double seconds = (System.nanoTime() - begun) / 1e9;
        System.out.printf("%s: %.1f s", what, seconds);
        for (var entry : before.entrySet()) {
            long now = memory(entry.getKey());
            System.out.printf(", %s %+d KiB to %d MiB", entry.getKey(), now - entry.getValue(), now / 1024);
        }
        System.out.println();
    }

    private static Map<String, Long> memories() throws IOException {
        return Map.of("gateway", memory("gateway"), "channel", memory("channel"));
    }

    @Test
    void one_client_has_as_many_subscriptions_as_the_limit_allows_and_not_one_more() throws Exception {
        try (var client = new ManySubscriptions(suite, token)) {
            var before = memories();
            long begun = System.nanoTime();
            client.subscribe(0, SUBSCRIPTIONS, channels("crowd/"));
            print(SUBSCRIPTIONS + " subscriptions of one client", begun, before);
            assertThat(client.subscribed()).isEqualTo(SUBSCRIPTIONS);

            client.subscribe(SUBSCRIPTIONS, SUBSCRIPTIONS + 1, channels("crowd/"));
            assertThat(client.subscribed()).isEqualTo(SUBSCRIPTIONS);
            assertThat(client.problems()).containsExactly("too_many_subscriptions");

            for (int number = 0; number < SUBSCRIPTIONS; number += SAMPLE) {
                http.publish("crowd/" + number, "1");
                assertThat(client.nextMessage().subscription()).isEqualTo(Integer.toString(number));
            }
            assertThat(client.hasMoreMessages()).isFalse();
        }
    }

    @Test
    void ten_thousand_filters_each_get_what_they_select_and_nothing_else() throws Exception {
        try (var client = new ManySubscriptions(suite, token)) {
            var before = memories();
            long begun = System.nanoTime();
            client.subscribe(0, FILTERS, number -> Selections.filter("w/" + number + "/+/x"));
            print(FILTERS + " filters of one client", begun, before);
            assertThat(client.subscribed()).isEqualTo(FILTERS);

            for (int number = 0; number < FILTERS; number += SAMPLE) {
                http.publish("w/" + number + "/a/x", "1");
                http.publish("w/" + number + "/a/y", "2");
                var message = client.nextMessage();
                assertThat(message.subscription()).isEqualTo(Integer.toString(number));
                assertThat(message.message().data().utf8()).isEqualTo("1");
            }
            assertThat(client.hasMoreMessages()).isFalse();
        }
    }

    @Test
    void a_message_that_thousands_of_filters_select_reaches_each_of_them_once() throws Exception {
        int overlapping = 4_000;
        try (var client = new ManySubscriptions(suite, token)) {
            client.subscribe(0, overlapping, number -> Selections.filter("over/#"));
            http.publish("over/lap", "1");
            var got = new ArrayList<String>();
            for (int i = 0; i < overlapping; i++) {
                ServerFrame.Message message = client.nextMessage();
                got.add(message.subscription());
            }
            assertThat(got)
                    .containsExactlyInAnyOrderElementsOf(IntStream.range(0, overlapping)
                            .mapToObj(Integer::toString)
                            .toList());
            assertThat(client.problems()).isEmpty();
        }
    }

    @Test
    void a_hundred_thousand_channels_are_kept_and_found_again_after_the_owner_was_killed() throws Exception {
        var before = memories();
        long begun = System.nanoTime();
        publishToAll();
        print(CHANNELS + " channels", begun, before);
        suite.kill("channel");
        suite.awaitReady(Duration.ofSeconds(120));
        for (int number = 0; number < CHANNELS; number += SAMPLE) {
            var answer = http.get(HttpApi.messages("many/" + number) + "?last=10");
            assertThat(answer.body()).contains("\"data\":\"many/" + number + "\"");
        }
    }

    private static void publishToAll() throws Exception {
        var batches = new ArrayList<Callable<Boolean>>();
        for (int from = 0; from < CHANNELS; from += BATCH) {
            int first = from;
            batches.add(() -> publish(IntStream.range(first, first + BATCH)
                    .mapToObj(n -> "many/" + n)
                    .toList()));
        }
        try (var publishers = Executors.newFixedThreadPool(PUBLISHERS)) {
            for (Future<Boolean> published : publishers.invokeAll(batches)) {
                assertThat(published.get()).isTrue();
            }
        }
    }

    private static boolean publish(List<String> channels) {
        String messages = channels.stream()
                .map(name -> "{\"channel\":\"" + name + "\",\"data\":\"" + name + "\"}")
                .collect(Collectors.joining(",", "{\"messages\":[", "]}"));
        var answer = http.post("/v1/messages", "application/json", messages);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return true;
    }
}
