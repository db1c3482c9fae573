package io.socle.realtime.launcher.suite;

import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What a person reads when the suite is ready: where everything is, and lines to paste. */
public final class Welcome {
    private Welcome() {}

    /**
     * The text, with a trailing newline.
     *
     * @param selection options that select this suite, put after a command's name
     */
    public static String text(SuiteSettings settings, String token, String selection) {
        String url = settings.gatewayUrl(0);
        return """

                The realtime suite is ready.

                  HTTP, SSE     %8$s
                  WebSocket     %2$s
                  MQTT          %9$s
                  Kafka         %3$s
                  Data and log  %4$s
                %5$s
                A page to try it, with a development token:

                  %1$s/demo/#token=%6$s

                The token is for everything, for 24 hours:

                  export REALTIME_TOKEN=%6$s

                Publish with curl, and read the past:

                  curl -s %1$s/v1/channels/chat/1/messages -H "Authorization: Bearer $REALTIME_TOKEN" \\
                    -H 'Content-Type: application/json' -d '{"text":"hello"}'
                  curl -s "%1$s/v1/channels/chat/1/messages?last=10" -H "Authorization: Bearer $REALTIME_TOKEN"
                  curl -sN "%1$s/v1/sse?channel=chat/1&last=10" -H "Authorization: Bearer $REALTIME_TOKEN"

                Or with this command:

                  ./realtime sub%7$s 'chat/#'
                  ./realtime pub%7$s chat/1 '{"text":"hello"}'
                  ./realtime sub%7$s chat/1 --since 10m -n 1

                """.formatted(
                url,
                everyGateway(settings, instance -> settings.gatewayUrl(instance) + "/ws")
                        .replace("http://", "ws://"),
                settings.bootstrapServers(),
                settings.data(),
                settings.open() ? "\nOPEN: clients without a token may do everything.\n" : "",
                token,
                selection,
                everyGateway(settings, instance -> settings.gatewayUrl(instance) + "/v1"),
                everyGateway(
                        settings, instance -> settings.mqttUrl(instance) + "  " + settings.mqttWebSocketUrl(instance)));
    }

    /** An address of each gateway, one below the other. */
    private static String everyGateway(SuiteSettings settings, IntFunction<String> address) {
        return IntStream.range(0, settings.instances().of(Part.GATEWAY))
                .mapToObj(address)
                .collect(Collectors.joining("\n" + " ".repeat(16)));
    }
}
