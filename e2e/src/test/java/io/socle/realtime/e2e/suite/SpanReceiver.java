package io.socle.realtime.e2e.suite;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPInputStream;

/** Takes spans by OTLP (http/protobuf) on a port of loopback, 0 for a free one, and keeps the newest. */
public final class SpanReceiver implements AutoCloseable {
    private static final int MOST = 20_000;

    private final HttpServer server;
    private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
    private final Queue<Received> spans = new ConcurrentLinkedQueue<>();
    private final AtomicInteger count = new AtomicInteger();

    /** A span and the service that sent it. */
    public record Received(String service, Span span) {}

    private SpanReceiver(HttpServer server) {
        this.server = server;
    }

    static SpanReceiver start(int port) {
        try {
            var receiver = new SpanReceiver(
                    HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0));
            receiver.server.createContext("/v1/traces", receiver::take);
            receiver.server.setExecutor(receiver.workers);
            receiver.server.start();
            return receiver;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String endpoint() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            boolean zipped = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
            InputStream body = zipped ? new GZIPInputStream(exchange.getRequestBody()) : exchange.getRequestBody();
            for (var resource : ExportTraceServiceRequest.parseFrom(body).getResourceSpansList()) {
                String service = resource.getResource().getAttributesList().stream()
                        .filter(attribute -> attribute.getKey().equals("service.name"))
                        .map(attribute -> attribute.getValue().getStringValue())
                        .findFirst()
                        .orElse("");
                for (var scope : resource.getScopeSpansList()) {
                    scope.getSpansList().forEach(span -> keep(new Received(service, span)));
                }
            }
            exchange.sendResponseHeaders(200, -1);
        }
    }

    private void keep(Received received) {
        spans.add(received);
        if (count.incrementAndGet() > MOST) {
            spans.poll();
        }
    }

    public List<Received> spans() {
        return List.copyOf(spans);
    }

    @Override
    public void close() {
        server.stop(0);
        workers.shutdownNow();
    }
}
