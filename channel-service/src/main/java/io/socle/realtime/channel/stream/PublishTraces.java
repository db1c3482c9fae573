package io.socle.realtime.channel.stream;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.context.propagation.TextMapSetter;
import io.socle.realtime.contracts.log.LogHeaders;
import io.socle.realtime.contracts.message.RealtimeMessage;
import io.socle.realtime.contracts.message.TraceContext;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The span of one publication at its owner: child of the gateway's, parent of the deliveries. */
public final class PublishTraces {
    private static final AttributeKey<String> NAMESPACE = AttributeKey.stringKey("realtime.namespace");
    private static final AttributeKey<String> SYSTEM = AttributeKey.stringKey("messaging.system");
    private static final String SAMPLED_BITS = "13579bdf";

    private final Tracer tracer;

    public PublishTraces(OpenTelemetry openTelemetry) {
        this.tracer = openTelemetry.getTracer("io.socle.realtime.channel");
    }

    /**
     * A publication under its span.
     *
     * @param message with the span as its trace context, where the span is recorded
     */
    record Traced(RealtimeMessage message, Span span) {}

    /** Costs next to nothing where the trace is not sampled or no SDK records it: the context is then passed on as it is. */
    Traced begin(RealtimeMessage message) {
        TraceContext parent = message.trace();
        if (parent == null || !isSampled(parent)) {
            return new Traced(message, Span.getInvalid());
        }
        Span span = tracer.spanBuilder("channel publish")
                .setParent(Context.root().with(Span.wrap(remote(parent))))
                .setSpanKind(SpanKind.CONSUMER)
                .setAttribute(SYSTEM, "kafka")
                .setAttribute(NAMESPACE, message.channel().namespace())
                .startSpan();
        return span.isRecording()
                ? new Traced(message.toBuilder().trace(contextOf(span)).build(), span)
                : new Traced(message, span);
    }

    /** The flags are the last two hexadecimal digits, and bit 0 says sampled. */
    private static boolean isSampled(TraceContext trace) {
        String text = trace.traceparent();
        return SAMPLED_BITS.indexOf(text.charAt(text.length() - 1)) >= 0;
    }

    private static SpanContext remote(TraceContext trace) {
        Map<String, String> carrier = new HashMap<>(4);
        carrier.put(LogHeaders.TRACEPARENT, trace.traceparent());
        String state = trace.tracestate();
        if (state != null) {
            carrier.put(LogHeaders.TRACESTATE, state);
        }
        Context context = W3CTraceContextPropagator.getInstance().extract(Context.root(), carrier, MapGetter.INSTANCE);
        return Span.fromContext(context).getSpanContext();
    }

    private static TraceContext contextOf(Span span) {
        Map<String, String> carrier = new HashMap<>(4);
        TextMapSetter<Map<String, String>> setter = (map, key, value) -> {
            if (map != null) {
                map.put(key, value);
            }
        };
        W3CTraceContextPropagator.getInstance().inject(Context.root().with(span), carrier, setter);
        String traceparent = carrier.get(LogHeaders.TRACEPARENT);
        if (traceparent == null) {
            throw new IllegalStateException("a recorded span has no trace context");
        }
        return new TraceContext(traceparent, carrier.get(LogHeaders.TRACESTATE));
    }

    private enum MapGetter implements TextMapGetter<Map<String, String>> {
        INSTANCE;

        @Override
        public Iterable<String> keys(Map<String, String> carrier) {
            return List.copyOf(carrier.keySet());
        }

        @Override
        public @Nullable String get(@Nullable Map<String, String> carrier, String key) {
            return carrier == null ? null : carrier.get(key);
        }
    }
}
