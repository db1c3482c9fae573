package io.socle.realtime.e2e.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import io.socle.realtime.e2e.client.HttpApi;
import io.socle.realtime.e2e.suite.Suite;
import io.socle.realtime.e2e.suite.Tokens;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The client that the gateway serves, in a real browser, while gateways come and go and pages are reloaded. */
class BrowserClientIT {
    private static final Duration RESTART = Duration.ofMinutes(1);
    /** What a page offers to these tests; it keeps its place and what it saw over a reload. */
    private static final String SCRIPT = """
            import { Realtime } from "/realtime.js";
            const { token, channel, outbox } = Object.fromEntries(new URLSearchParams(location.hash.slice(1)));
            const kept = JSON.parse(localStorage.getItem(channel) ?? "null");
            const client = new Realtime({ token: async () => token, outbox });
            const seen = kept?.seen ?? [], events = [];
            const subscription = client.channel(channel).subscribe({
              since: kept?.place,
              onMessage: ({ data, position }) => {
                seen.push(data);
                localStorage.setItem(channel, JSON.stringify({ seen, place: { position } }));
              },
              onSubscribed: () => events.push("subscribed"),
              onLost: () => events.push("lost"),
              onReset: () => events.push("reset"),
              onError: (error) => events.push(error.code),
            });
            Object.assign(window, { client, seen, events, publish: (data) => client.channel(channel).publish(data) });
            """;

    /** How many publishes are on the disk. */
    private static final String KEPT = """
            count => new Promise((resolve) => {
              const opening = indexedDB.open("realtime-outbox-alice");
              opening.onsuccess = () => {
                const counting = opening.result.transaction("entries").objectStore("entries").count();
                counting.onsuccess = () => resolve(counting.result === count);
              };
            })""";

    private static Suite suite;
    private static Chromium chromium;

    private final String channel = "browser/" + UUID.randomUUID();

    private String token() {
        return suite.tokens().sign(Tokens.claims("page").publish(channel).subscribe(channel));
    }

    @BeforeAll
    static void start() {
        suite = Suite.start("browser-client", Map.of());
        chromium = new Chromium();
    }

    @AfterAll
    static void stop() {
        chromium.close();
        suite.close();
    }

    private Page open(BrowserContext context, String outbox) {
        Page page = context.newPage();
        // Any page of the gateway's will do; one that is made up would not be let in to loopback addresses.
        page.navigate(suite.http("/realtime.js") + "#token=" + token() + "&channel=" + channel + outbox);
        page.addScriptTag(new Page.AddScriptTagOptions().setType("module").setContent(SCRIPT));
        page.waitForFunction("() => window.client?.state === 'connected' && window.events.includes('subscribed')");
        return page;
    }

    private static void awaitSeen(Page page, int count) {
        page.waitForFunction(
                "count => window.seen?.length >= count",
                count,
                new Page.WaitForFunctionOptions().setTimeout(RESTART.toMillis()));
    }

    private static List<Integer> upTo(int count) {
        return IntStream.rangeClosed(1, count).boxed().toList();
    }

    private static Object seen(Page page) {
        return page.evaluate("() => window.seen");
    }

    @Test
    void messages_come_once_and_in_order_through_the_loss_of_the_gateway() { // JSC-2, JSC-3
        try (BrowserContext context = chromium.profile()) {
            Page page = open(context, "");
            assertThat(page.evaluate("() => publish(1).then(({ repeat }) => repeat)"))
                    .isEqualTo(false);
            suite.kill("gateway");
            page.evaluate("() => { for (let n = 2; n <= 20; n++) publish(n); }");
            awaitSeen(page, 20);
            assertThat(seen(page)).isEqualTo(upTo(20));
            assertThat(page.evaluate("() => client.waiting")).isEqualTo(0);
            assertThat(page.evaluate("() => events.filter((event) => event !== 'subscribed')"))
                    .isEqualTo(List.of());
            suite.awaitReady(RESTART);
        }
    }

    @Test
    void what_was_published_without_a_connection_survives_a_reload_and_nothing_is_missed_meanwhile() { // JSC-4, JSC-5
        try (BrowserContext context = chromium.profile()) {
            Page page = open(context, "&outbox=alice");
            page.evaluate("() => publish(1)");
            awaitSeen(page, 1);
            suite.kill("gateway");
            page.evaluate("() => { for (let n = 2; n <= 11; n++) publish(n); }");
            page.waitForFunction(KEPT, 10);
            page.navigate("about:blank");
            suite.awaitReady(RESTART);
            new HttpApi(suite, token()).publish(channel, "0");

            Page again = open(context, "&outbox=alice");
            awaitSeen(again, 12);
            assertThat(seen(again))
                    .asList()
                    .containsExactlyInAnyOrderElementsOf(
                            IntStream.rangeClosed(0, 11).boxed().toList());
            assertThat(seen(again)).asList().containsSubsequence(upTo(11).toArray());
            again.waitForFunction("() => client.waiting === 0");
        }
    }

    @Test
    void tabs_share_an_outbox_and_another_one_sends_when_the_first_is_closed() { // JSC-5
        try (BrowserContext context = chromium.profile()) {
            Page first = open(context, "&outbox=bob");
            Page second = open(context, "&outbox=bob");
            assertThat(second.evaluate("() => publish(1).then(({ position }) => position)")
                            .toString())
                    .endsWith(":1");
            assertThat(first.evaluate("() => publish(2).then(({ position }) => position)")
                            .toString())
                    .endsWith(":2");
            first.close();
            assertThat(second.evaluate("() => publish(3).then(({ position }) => position)")
                            .toString())
                    .endsWith(":3");
            awaitSeen(second, 3);
            assertThat(seen(second)).isEqualTo(upTo(3));
        }
    }

    @Test
    void what_the_token_does_not_allow_is_refused_with_its_code() {
        try (BrowserContext context = chromium.profile()) {
            Page page = open(context, "");
            assertThat(page.evaluate("() => client.channel('other').publish(1).catch(({ code }) => code)"))
                    .isEqualTo("forbidden");
        }
    }
}
