package io.socle.realtime.e2e.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions.HasTextOptions;
import io.socle.realtime.contracts.message.Position;
import io.socle.realtime.e2e.client.HttpApi;
import io.socle.realtime.e2e.suite.Commands;
import io.socle.realtime.e2e.suite.SharedSuite;
import io.socle.realtime.e2e.suite.Suite;
import io.socle.realtime.e2e.suite.Tokens;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A page in a real Chromium: token by subprotocol, publish, subscribe, and a resume after a reload (WS-2, SUB-2). */
@ExtendWith(SharedSuite.class)
class BrowserIT {
    private final Suite suite;
    private final String channel = "page/" + UUID.randomUUID();

    BrowserIT(Suite suite) {
        this.suite = suite;
    }

    @Test
    void a_page_publishes_and_receives_and_after_a_reload_gets_what_it_missed() {
        try (var chromium = new Chromium();
                var server = new PageServer();
                BrowserContext context = chromium.profile()) {
            Page page = context.newPage();
            visit(page, server);
            Position first = publish(page, "hello from the page");
            var others = awayAndBack(page, server);
            assertItems(page, others);
            page.screenshot(new Page.ScreenshotOptions().setPath(Commands.TARGET.resolve("page.png")));
            assertThat(others.getFirst()).isEqualTo(first.plus(1));
        }
    }

    private void visit(Page page, PageServer server) {
        String token =
                suite.tokens().sign(Tokens.claims("page").publish(channel).subscribe(channel));
        page.navigate(server.url() + "#url=" + suite.webSocket() + "&channel=" + channel + "&token=" + token);
        assertThat(page.locator("#state")).hasText("subscribed", within());
    }

    private static HasTextOptions within() {
        return new HasTextOptions().setTimeout(Chromium.LIMIT_MS);
    }

    private static Position publish(Page page, String text) {
        page.fill("input[name=text]", text);
        page.click("button");
        var item = page.locator("#messages li").first();
        item.waitFor();
        assertThat(item.innerText()).contains(text);
        return Position.parse(item.locator("span").innerText());
    }

    /** While the page is somewhere else three messages are published; returns their positions. */
    private List<Position> awayAndBack(Page page, PageServer server) {
        page.navigate("about:blank");
        var http = new HttpApi(suite, suite.tokens().everything("server"));
        var missed = http.publishMany(channel, "{\"text\":\"while you were away\"}", 3);
        visit(page, server);
        return missed;
    }

    /** Exactly the missed ones, in order, then caught up. */
    private static void assertItems(Page page, List<Position> missed) {
        assertThat(page.locator("#events")).hasText("caught_up", within());
        assertThat(page.locator("#messages li span").allInnerTexts())
                .isEqualTo(missed.stream().map(Position::toString).toList());
    }
}
