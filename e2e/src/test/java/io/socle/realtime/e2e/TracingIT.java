package io.socle.realtime.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.proto.trace.v1.Span;
import io.socle.realtime.contracts.frame.ServerFrame;
import io.socle.realtime.e2e.client.HttpApi;
import io.socle.realtime.e2e.client.Selections;
import io.socle.realtime.e2e.client.WsSubscriber;
import io.socle.realtime.e2e.suite.SharedSuite;
import io.socle.realtime.e2e.suite.SpanReceiver;
import io.socle.realtime.e2e.suite.SpanReceiver.Received;
import io.socle.realtime.e2e.suite.Suite;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** One trace from the publisher through both hops to the delivery (TRC-1 to TRC-3). */
@ExtendWith(SharedSuite.class)
class TracingIT {
    private static final String PUBLISHER = "00f067aa0ba902b7";

    private static final List<String> HOPS = List.of("realtime publish", "channel publish", "realtime deliver");

    private final Suite suite;
    private final SpanReceiver spans;
    private final String token;
    private final String channel = "traced/" + UUID.randomUUID();

    TracingIT(Suite suite, SpanReceiver spans) {
        this.suite = suite;
        this.spans = spans;
        this.token = suite.tokens().everything("tracer");
    }

    private static String hex(com.google.protobuf.ByteString id) {
        return HexFormat.of().formatHex(id.toByteArray());
    }

    private static String freshTrace() {
        UUID random = UUID.randomUUID();
        byte[] id = ByteBuffer.allocate(16)
                .putLong(random.getMostSignificantBits())
                .putLong(random.getLeastSignificantBits())
                .array();
        return HexFormat.of().formatHex(id);
    }

    private List<Received> of(String trace) {
        return spans.spans().stream()
                .filter(received -> hex(received.span().getTraceId()).equals(trace))
                .toList();
    }

    private static List<String> names(List<Received> all) {
        return all.stream().map(received -> received.span().getName()).toList();
    }

    private static Received parentOf(Received child, List<Received> all) {
        return all.stream()
                .filter(received ->
                        received.span().getSpanId().equals(child.span().getParentSpanId()))
                .findFirst()
                .orElseThrow(() -> new AssertionError("the parent of " + child + " is missing"));
    }

    @Test
    void each_hop_is_the_parent_of_the_next_and_the_message_has_the_last_ones_context() { // TRC-1, TRC-2
        String trace = freshTrace();
        String delivered = publishTraced("00-" + trace + "-" + PUBLISHER + "-01");
        Awaitility.await("the spans of all hops")
                .atMost(Duration.ofSeconds(20))
                .until(() -> names(of(trace)).containsAll(HOPS));
        var all = of(trace);
        var delivery = all.stream()
                .filter(received -> delivered.contains(hex(received.span().getSpanId())))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no span is " + delivered + " of " + all));
        var owner = parentOf(delivery, all);
        var publish = parentOf(owner, all);
        assertThat(List.of(publish.service(), owner.service(), delivery.service()))
                .containsExactly("gateway-service", "channel-service", "gateway-service");
        assertThat(hex(publish.span().getParentSpanId())).isEqualTo(PUBLISHER);
        all.forEach(this::assertNamesNoChannel);
    }

    /** The traceparent of the delivered message. */
    private String publishTraced(String traceparent) {
        try (var subscriber = WsSubscriber.open(suite, token, Selections.channel(channel), null)) {
            new HttpApi(suite, token).publish(channel, "{}", "traceparent", traceparent);
            var context = subscriber.next(ServerFrame.Message.class).message().trace();
            return Objects.requireNonNull(context, "the message has a trace").traceparent();
        }
    }

    private void assertNamesNoChannel(Received received) { // TRC-3
        Span span = received.span();
        assertThat(span.getName()).doesNotContain(channel);
        assertThat(span.getAttributesList().toString()).doesNotContain(channel.substring(channel.indexOf('/') + 1));
    }

    @Test
    void what_the_publisher_does_not_sample_keeps_its_context_and_makes_no_span() { // TRC-2
        String trace = freshTrace();
        String delivered = publishTraced("00-" + trace + "-" + PUBLISHER + "-00");
        assertThat(delivered).startsWith("00-" + trace + "-").endsWith("-00");
        String later = freshTrace();
        publishTraced("00-" + later + "-" + PUBLISHER + "-01");
        Awaitility.await("the later trace")
                .atMost(Duration.ofSeconds(20))
                .until(() -> names(of(later)).containsAll(HOPS));
        assertThat(of(trace)).isEmpty();
    }
}
