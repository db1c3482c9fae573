package io.socle.realtime.gateway.transport.http;

import io.quarkus.vertx.http.HttpServerOptionsCustomizer;
import io.vertx.core.http.HttpServerOptions;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * Bounds what the kernel holds for a client that does not read: left alone, Linux lets a socket's send buffer grow to
 * megabytes, and a container pays for them.
 */
@ApplicationScoped
public class SocketBuffers implements HttpServerOptionsCustomizer {
    /** What the kernel is asked for, in bytes; Linux doubles it for its own bookkeeping. One page of history fits. */
    private static final int SEND_BYTES = 256 * 1024;

    @Override
    public void customizeHttpServer(HttpServerOptions options) {
        options.setSendBufferSize(SEND_BYTES);
    }

    @Override
    public void customizeHttpsServer(HttpServerOptions options) {
        options.setSendBufferSize(SEND_BYTES);
    }
}
