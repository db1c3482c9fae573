package io.socle.realtime.channel.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.socle.realtime.contracts.message.ChannelName;
import io.socle.realtime.contracts.message.RealtimeMessage;
import io.socle.realtime.contracts.message.TraceContext;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** One trace through the owner. */
class PublishTracesTest {
    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final TraceContext SAMPLED = new TraceContext("00-" + TRACE + "-b7ad6b7169203331-01", "v=1");
    private static final TraceContext NOT_SAMPLED = new TraceContext("00-" + TRACE + "-b7ad6b7169203331-00", null);

    private final InMemorySpanExporter exporter = InMemorySpanExporter.create();
    private final PublishTraces traces = new PublishTraces(OpenTelemetrySdk.builder()
            .setTracerProvider(SdkTracerProvider.builder()
                    .addSpanProcessor(SimpleSpanProcessor.create(exporter))
                    .build())
            .build());

    @Test
    void a_sampled_publication_gets_a_span_that_its_deliveries_descend_from() {
        PublishTraces.Traced traced = traces.begin(message(SAMPLED));
        traced.span().end();
        SpanData span = exporter.getFinishedSpanItems().getFirst();
        assertThat(span.getTraceId()).isEqualTo(TRACE);
        assertThat(span.getParentSpanId()).isEqualTo("b7ad6b7169203331");
        TraceContext passedOn = Objects.requireNonNull(traced.message().trace());
        assertThat(passedOn.traceparent()).isEqualTo("00-" + TRACE + "-" + span.getSpanId() + "-01");
        assertThat(passedOn.tracestate()).isEqualTo("v=1");
    }

    @Test
    void neither_name_nor_attributes_of_the_span_name_the_channel() {
        traces.begin(message(SAMPLED)).span().end();
        SpanData span = exporter.getFinishedSpanItems().getFirst();
        assertThat(span.getName()).isEqualTo("channel publish");
        assertThat(span.getAttributes().toString()).contains("chat").doesNotContain("secret-room");
    }

    @Test
    void what_is_not_sampled_or_not_recorded_passes_unchanged() {
        RealtimeMessage quiet = message(NOT_SAMPLED);
        assertThat(traces.begin(quiet).message()).isSameAs(quiet);
        RealtimeMessage sampled = message(SAMPLED);
        assertThat(new PublishTraces(OpenTelemetry.noop()).begin(sampled).message())
                .isSameAs(sampled);
        assertThat(exporter.getFinishedSpanItems()).isEmpty();
    }

    private static RealtimeMessage message(TraceContext trace) {
        return RealtimeMessage.builder("m", new ChannelName("chat/secret-room"))
                .trace(trace)
                .build();
    }
}
