package io.socle.realtime.e2e.browser;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import io.socle.realtime.e2e.suite.Suite;
import java.util.List;

/** A page of a gateway that is a peer of a room with one other; its client goes from gateway to gateway, in turn. */
record RoomPage(BrowserContext context, Page page) implements AutoCloseable {
    private static final double LIMIT_MS = 90_000;

    private static final String SCRIPT = """
            import { Realtime } from "/realtime.js";
            const { token, urls } = Object.fromEntries(new URLSearchParams(location.hash.slice(1)));
            const gateways = urls.split(" ");
            let opened = 0;
            const client = new Realtime({
              token: async () => token,
              WebSocket: class extends WebSocket {
                constructor(any, protocols) { super(gateways[opened++ % gateways.length], protocols); }
              },
            });
            const state = { heard: [], messages: [], states: [], tracks: 0, rooms: [], lefts: [] };
            let room, peer;
            async function enter(name, options) {
              const stream = options.media
                ? await navigator.mediaDevices.getUserMedia({ audio: true, video: { width: 160, height: 120 } })
                : undefined;
              const taken = (one) => {
                peer = one;
                peer.on("state", (now) => state.states.push(now));
                peer.on("track", ({ track, streams }) => {
                  state.tracks++;
                  const video = document.createElement("video");
                  Object.assign(video, { srcObject: streams[0], muted: true, autoplay: true });
                  document.documentElement.append(video);
                });
                peer.on("data", (text) => state.heard.push(text));
              };
              room = await client.room(name, { ...options, stream });
              room.on("peer", taken);
              room.on("message", (message) => state.messages.push(message));
              room.on("state", (now) => state.rooms.push(now));
              room.on("left", ({ reason }) => state.lefts.push(reason));
              [...room.peers.values()].forEach(taken);
            }
            async function stat(type, field) {
              const all = [...(await peer.connection.getStats()).values()].filter((one) => one.type === type);
              return all.map((one) => one[field] ?? 0);
            }
            Object.assign(window, { client, state, enter, stat, room: () => room, peer: () => peer });
            """;

    /** Opens a page of the first gateway. */
    static RoomPage open(Chromium chromium, Suite suite, String token, List<String> gateways) {
        BrowserContext context = chromium.profile();
        Page page = context.newPage();
        page.navigate(suite.http("/realtime.js") + "#token=" + token + "&urls=" + String.join("%20", gateways));
        page.addScriptTag(new Page.AddScriptTagOptions().setType("module").setContent(SCRIPT));
        page.waitForFunction("() => window.client?.state === 'connected'");
        return new RoomPage(context, page);
    }

    void enter(String room, String options) {
        page.evaluate(
                "([name, options]) => enter(name, options)", List.of(room, page.evaluate("() => (" + options + ")")));
    }

    Object evaluate(String script) {
        return page.evaluate(script);
    }

    void await(String condition) {
        page.waitForFunction(condition, null, new Page.WaitForFunctionOptions().setTimeout(LIMIT_MS));
    }

    void awaitOpen() {
        await("() => peer()?.channel.readyState === 'open'");
    }

    @Override
    public void close() {
        context.close();
    }
}
