package io.socle.realtime.e2e.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import io.socle.realtime.e2e.client.HttpApi;
import io.socle.realtime.e2e.suite.Commands;
import io.socle.realtime.e2e.suite.SharedSuite;
import io.socle.realtime.e2e.suite.Suite;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The page that a new user sees first, as two people use it. Its pictures are kept in the folder of the results. */
@ExtendWith(SharedSuite.class)
class DemoIT {
    private final Suite suite;
    private final String channel = "demo/" + UUID.randomUUID();
    private Chromium chromium;

    DemoIT(Suite suite) {
        this.suite = suite;
    }

    @BeforeEach
    void start() {
        chromium = new Chromium();
    }

    @AfterEach
    void stop() {
        chromium.close();
    }

    private Page open(BrowserContext context, String name) {
        Page page = context.newPage();
        page.navigate(suite.http("/demo/") + "#token=" + suite.tokens().everything(name.toLowerCase()) + "&channel="
                + channel);
        page.locator("#state[data-state=connected]").waitFor();
        page.getByLabel("Your name").fill(name);
        page.getByLabel("Your name").blur();
        return page;
    }

    private static void say(Page page, String text) {
        page.getByLabel("Message", new Page.GetByLabelOptions().setExact(true)).fill(text);
        page.getByText("Send", new Page.GetByTextOptions().setExact(true)).click();
    }

    private static Locator bubble(Page page, String text) {
        return page.locator("#messages .bubble", new Page.LocatorOptions().setHasText(text));
    }

    private static void picture(Page page, String name) {
        page.screenshot(new Page.ScreenshotOptions().setPath(Commands.TARGET.resolve("demo-" + name + ".png")));
    }

    @Test
    void what_others_write_comes_as_text_and_what_is_written_gets_its_place() {
        new HttpApi(suite, suite.tokens().everything("ada"))
                .publish(channel, "{\"name\":\"Ada\",\"text\":\"<b>hi</b>\"}");
        try (BrowserContext context = chromium.profile()) {
            Page page = open(context, "Grace");
            assertThat(bubble(page, "<b>hi</b>").innerText()).startsWith("Ada").contains("no. 1");
            say(page, "hello, Ada");
            page.locator("#messages li.own:not(.waiting)").waitFor();
            assertThat(bubble(page, "hello, Ada").innerText())
                    .startsWith("Grace")
                    .contains("no. 2");
            page.locator("#events code").first().waitFor();
        }
    }

    @Test
    void people_see_each_other_come_type_call_and_go() {
        try (BrowserContext first = chromium.profile();
                BrowserContext second = chromium.profile()) {
            Page ada = open(first, "Ada");
            Page grace = open(second, "Grace");
            for (Page page : List.of(ada, grace)) {
                page.locator("#members li", new Page.LocatorOptions().setHasText("Ada"))
                        .waitFor();
                page.locator("#members li", new Page.LocatorOptions().setHasText("Grace"))
                        .waitFor();
            }
            grace.getByLabel("Message", new Page.GetByLabelOptions().setExact(true))
                    .pressSequentially("good morn");
            ada.getByText("Grace is typing").waitFor();
            say(grace, "good morning");
            bubble(ada, "good morning").waitFor();
            ada.waitForFunction("() => document.getElementById('typing').textContent === ''");
            call(ada);
            call(grace);
            for (Page page : List.of(ada, grace)) {
                page.waitForFunction("() => [...document.querySelectorAll('#tiles video')]"
                        + ".filter((video) => video.readyState >= 3 && video.videoWidth > 0).length === 2");
            }
            say(ada, "by the shortest way");
            bubble(grace, "by the shortest way").waitFor();
            grace.waitForFunction("() => document.querySelectorAll('#messages .waiting').length === 0");
            picture(ada, "wide");
            grace.setViewportSize(390, 844);
            picture(grace, "phone");
            second.close();
            ada.locator("#tiles figure")
                    .nth(1)
                    .waitFor(new Locator.WaitForOptions()
                            .setState(com.microsoft.playwright.options.WaitForSelectorState.DETACHED));
            ada.locator("#members li", new Page.LocatorOptions().setHasText("Grace"))
                    .waitFor(new Locator.WaitForOptions()
                            .setState(com.microsoft.playwright.options.WaitForSelectorState.DETACHED));
        }
    }

    private static void call(Page page) {
        page.getByText("Join the call", new Page.GetByTextOptions().setExact(true))
                .click();
    }
}
