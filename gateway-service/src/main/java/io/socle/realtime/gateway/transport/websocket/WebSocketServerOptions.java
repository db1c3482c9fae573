package io.socle.realtime.gateway.transport.websocket;

import io.quarkus.vertx.http.HttpServerOptionsCustomizer;
import io.socle.realtime.gateway.transport.spi.TransportSettings;
import io.vertx.core.http.HttpServerOptions;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * Sets what Netty's decoder checks before the guard sees a frame: reserved bits are refused unless a compression was
 * negotiated, and a frame over the limit is refused by its header, before it is buffered.
 */
@ApplicationScoped
public class WebSocketServerOptions implements HttpServerOptionsCustomizer {
    private final TransportSettings settings;

    WebSocketServerOptions(TransportSettings settings) {
        this.settings = settings;
    }

    @Override
    public void customizeHttpServer(HttpServerOptions options) {
        customize(options);
    }

    @Override
    public void customizeHttpsServer(HttpServerOptions options) {
        customize(options);
    }

    private void customize(HttpServerOptions options) {
        int frame = settings.echo() ? EchoEndpoint.LIMIT : settings.frameBytes();
        options.setMaxWebSocketFrameSize(frame);
        options.setMaxWebSocketMessageSize(frame);
        options.setPerFrameWebSocketCompressionSupported(false);
        options.setPerMessageWebSocketCompressionSupported(settings.compression());
    }
}
