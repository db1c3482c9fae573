package io.socle.realtime.gateway.connection;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.socle.realtime.contracts.delivery.Reply;
import io.socle.realtime.contracts.message.RealtimeMessage;
import io.socle.realtime.contracts.message.TraceContext;
import org.jspecify.annotations.Nullable;

/**
 * The gateway's spans: one per publish, one per delivery of a sampled message to this node. Each hop becomes the parent of
 * the next (clause TRC). Names and attributes hold the namespace, never the channel, whose number is unbounded.
 */
public final class Tracing {
    private final Tracer tracer;

    public Tracing(Tracer tracer) {
        this.tracer = tracer;
    }

    /** A publish under way: the message carries the span's context if there is one. */
    public record PublishSpan(Span span, RealtimeMessage message) {
        void end(Reply reply) {
            if (reply instanceof Reply.Refused refused) {
                span.setStatus(StatusCode.ERROR, refused.problem().code().code());
            }
            span.end();
        }
    }

    PublishSpan publish(String transport, RealtimeMessage message) {
        Span span = start("realtime publish", SpanKind.PRODUCER, message)
                .setAttribute("network.protocol.name", transport)
                .startSpan();
        return new PublishSpan(span, inside(span, message));
    }

    /** The message re-parented to a span of its delivery here; unchanged where it is not sampled. */
    public RealtimeMessage deliver(RealtimeMessage message) {
        TraceContext trace = message.trace();
        if (trace == null || !trace.traceparent().endsWith("1")) {
            return message;
        }
        Span span = start("realtime deliver", SpanKind.CONSUMER, message).startSpan();
        span.end();
        return inside(span, message);
    }

    private SpanBuilder start(String name, SpanKind kind, RealtimeMessage message) {
        SpanBuilder span = tracer.spanBuilder(name)
                .setSpanKind(kind)
                .setAttribute("messaging.system", "realtime")
                .setAttribute("realtime.namespace", message.channel().namespace());
        TraceContext trace = message.trace();
        return trace == null
                ? span.setNoParent()
                : span.setParent(Context.root().with(Span.wrap(remote(trace))));
    }

    private static SpanContext remote(TraceContext trace) {
        String text = trace.traceparent();
        return SpanContext.createFromRemoteParent(
                text.substring(3, 35), text.substring(36, 52), TraceFlags.fromHex(text, 53), TraceState.getDefault());
    }

    private static RealtimeMessage inside(Span span, RealtimeMessage message) {
        SpanContext context = span.getSpanContext();
        if (!context.isValid()) {
            return message;
        }
        TraceContext before = message.trace();
        if (before != null && before.traceparent().substring(36, 52).equals(context.getSpanId())) {
            return message;
        }
        return message.toBuilder().trace(after(context, before)).build();
    }

    private static TraceContext after(SpanContext context, @Nullable TraceContext before) {
        String traceparent = "00-" + context.getTraceId() + '-' + context.getSpanId() + '-'
                + context.getTraceFlags().asHex();
        return new TraceContext(traceparent, before == null ? null : before.tracestate());
    }
}
