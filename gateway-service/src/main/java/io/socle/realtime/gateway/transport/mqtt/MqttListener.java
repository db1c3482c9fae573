package io.socle.realtime.gateway.transport.mqtt;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.vertx.core.AbstractVerticle;
import io.vertx.core.Promise;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.SSLOptions;
import io.vertx.core.net.impl.NetSocketInternal;
import java.util.function.BiConsumer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Listens on one port with one event loop. Vert.x spreads connections over all listeners on a port, so there is one of
 * them for each event loop that serves them.
 */
final class MqttListener extends AbstractVerticle {
    private static final Logger LOG = Logger.getLogger(MqttListener.class);

    private final NetServerOptions options;
    private final BiConsumer<ChannelPipeline, String> handlers;
    private volatile @Nullable NetServer server;

    /**
     * Makes it.
     *
     * @param handlers adds the handlers of a new connection to its pipeline, before the handler of this name
     */
    MqttListener(NetServerOptions options, BiConsumer<ChannelPipeline, String> handlers) {
        this.options = options;
        this.handlers = handlers;
    }

    @Override
    public void start(Promise<Void> started) {
        NetServer listening = vertx.createNetServer(options).connectHandler(this::opened);
        server = listening;
        listening.listen().<Void>mapEmpty().onComplete(started);
    }

    private void opened(NetSocket socket) {
        // Links break every day, and their end is dealt with where packets come in; else each would be an error in the
        // log.
        socket.exceptionHandler(broken -> LOG.debug("An MQTT link broke", broken));
        ChannelHandlerContext context = ((NetSocketInternal) socket).channelHandlerContext();
        handlers.accept(context.pipeline(), context.name());
    }

    /** From now on new connections get what these options say, by whichever listener on this port they come. */
    void reload(SSLOptions options) {
        NetServer listening = server;
        if (listening != null) {
            listening
                    .updateSSLOptions(options)
                    .onFailure(failure -> LOG.error(
                            "MQTT over TLS goes on with its old certificate: the new one is no good", failure));
        }
    }

    @Override
    public void stop(Promise<Void> stopped) {
        NetServer listening = server;
        if (listening == null) {
            stopped.complete();
        } else {
            listening.close(stopped);
        }
    }
}
