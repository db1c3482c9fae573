package io.socle.realtime.e2e.suite;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestWatcher;

/**
 * Gives tests the one suite that all classes share which harm nothing; it starts with the first and stops after the last.
 * On a failure the end of the suite's log is printed.
 */
public final class SharedSuite implements ParameterResolver, TestWatcher {
    /** Most messages of the history of each channel of namespace {@code short}. */
    public static final int SHORT_HISTORY = 100;

    /** The namespace whose channels are ephemeral. */
    public static final String EPHEMERAL = "fleeting";

    /** Heartbeats are this far apart, in seconds, so that tests of them take no minute. */
    public static final int HEARTBEAT_SECONDS = 8;

    /** Its pages may use the gateway; besides, those of any port of localhost. */
    public static final String ALLOWED_ORIGIN = "https://app.example";

    private static final ExtensionContext.Namespace NAMESPACE = ExtensionContext.Namespace.create(SharedSuite.class);

    /** The suite, and where its services send their spans. */
    public record Shared(Suite suite, SpanReceiver spans) implements AutoCloseable {
        /** Attaches to a running suite where system properties name one, as by {@code -Drealtime.suite.data=DIR}. */
        static Shared start() {
            String data = System.getProperty("realtime.suite.data", "");
            if (!data.isEmpty()) {
                var suite = Suite.attach(Path.of(data), Integer.getInteger("realtime.suite.offset", 0));
                return new Shared(suite, SpanReceiver.start(Integer.getInteger("realtime.suite.spans", 0)));
            }
            var spans = SpanReceiver.start(0);
            return new Shared(Suite.start("shared", configuration(spans)), spans);
        }

        private static Map<String, String> configuration(SpanReceiver spans) {
            Map<String, String> configuration = new HashMap<>(MqttTls.configuration());
            configuration.putAll(plain(spans));
            return configuration;
        }

        private static Map<String, String> plain(SpanReceiver spans) {
            return Map.of(
                    "realtime.namespaces.short.history.messages",
                    Integer.toString(SHORT_HISTORY),
                    "realtime.namespaces." + EPHEMERAL + ".ephemeral",
                    "true",
                    "realtime.timing.heartbeat",
                    HEARTBEAT_SECONDS + "S",
                    "realtime.timing.connect",
                    "3S",
                    "realtime.http.allowed-origins",
                    ALLOWED_ORIGIN + ",/http://localhost:[0-9]+/",
                    "quarkus.otel.sdk.disabled",
                    "false",
                    "quarkus.otel.exporter.otlp.endpoint",
                    spans.endpoint(),
                    "quarkus.otel.exporter.otlp.protocol",
                    "http/protobuf",
                    "quarkus.otel.bsp.schedule.delay",
                    "200MS");
        }

        @Override
        public void close() {
            suite.close();
            spans.close();
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return type == Suite.class || type == SpanReceiver.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        var shared = shared(context);
        return parameter.getParameter().getType() == Suite.class ? shared.suite() : shared.spans();
    }

    @Override
    public void testFailed(ExtensionContext context, @Nullable Throwable cause) {
        var start = start(context);
        if (start.shared() != null) {
            System.out.println(start.shared().suite().logTail());
        }
    }

    private static Shared shared(ExtensionContext context) {
        var start = start(context);
        if (start.shared() == null) {
            throw new AssertionError("the shared suite could not be started", start.failure());
        }
        return start.shared();
    }

    /** A start that failed is not tried again for each test. */
    private static Start start(ExtensionContext context) {
        return context.getRoot().getStore(NAMESPACE).computeIfAbsent(Start.class, key -> Start.attempt(), Start.class);
    }

    private record Start(@Nullable Shared shared, @Nullable Throwable failure) implements AutoCloseable {
        static Start attempt() {
            try {
                return new Start(Shared.start(), null);
            } catch (RuntimeException | AssertionError e) {
                return new Start(null, e);
            }
        }

        @Override
        public void close() {
            if (shared != null) {
                shared.close();
            }
        }
    }
}
