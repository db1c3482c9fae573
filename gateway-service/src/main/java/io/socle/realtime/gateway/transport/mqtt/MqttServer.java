package io.socle.realtime.gateway.transport.mqtt;

import io.netty.channel.ChannelPipeline;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.tls.CertificateUpdatedEvent;
import io.quarkus.tls.TlsConfiguration;
import io.quarkus.tls.TlsConfigurationRegistry;
import io.quarkus.tls.runtime.config.TlsConfig;
import io.quarkus.tls.runtime.config.TlsConfigUtils;
import io.socle.realtime.gateway.session.SessionLimits;
import io.socle.realtime.gateway.transport.spi.Authenticator;
import io.socle.realtime.gateway.transport.spi.ClientSessions;
import io.socle.realtime.gateway.transport.spi.Connections;
import io.socle.realtime.gateway.transport.spi.Requests;
import io.socle.realtime.gateway.transport.spi.SharedSubscriptions;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Verticle;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.SSLOptions;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/** Listens for MQTT: TCP, TLS and WebSocket, each on a port of its own (clause MQT-1). */
@ApplicationScoped
public class MqttServer {
    /** After the node has taken its place in the cluster. */
    private static final int LATE = 5_000;

    private final MqttSettings settings;
    private final Vertx vertx;
    private final TlsConfigurationRegistry tls;
    private final Authenticator authenticator;
    private final MqttNode node;
    /** One of the listeners over TLS: what it is told holds for all on its port. */
    private volatile @Nullable MqttListener secured;

    private volatile @Nullable SSLOptions shown;

    MqttServer(
            MqttSettings settings,
            SessionLimits limits,
            Authenticator authenticator,
            Connections connections,
            Requests requests,
            ClientSessions sessions,
            SharedSubscriptions shared,
            Vertx vertx,
            TlsConfigurationRegistry tls,
            @ConfigProperty(name = "quarkus.application.version") String version) {
        this.settings = settings;
        this.vertx = vertx;
        this.tls = tls;
        this.authenticator = authenticator;
        this.node = new MqttNode(
                settings,
                limits,
                authenticator,
                connections,
                requests,
                sessions,
                shared,
                new Statistics("realtime " + version, System::nanoTime),
                InstantSource.system(),
                new SecureRandom());
    }

    void start(@Observes @Priority(LATE) StartupEvent event) {
        if (settings.port() > 0) {
            listen(options(settings.port()), this::addPackets);
        }
        if (settings.tlsPort() > 0) {
            NetServerOptions options = options(settings.tlsPort()).setSsl(true);
            TlsConfiguration configuration = tlsConfiguration();
            TlsConfigUtils.configure(options, configuration);
            shown = configuration.getSSLOptions();
            secured = listen(options.setClientAuth(settings.clientCertificates()), this::addPackets).stream()
                    .findFirst()
                    .orElseThrow();
        }
        if (settings.webSocketPort() > 0) {
            listen(options(settings.webSocketPort()), (pipeline, before) -> {
                WebSocketCarrier.addTo(pipeline, before, authenticator, settings.packetBytes());
                addPackets(pipeline, before);
            });
        }
    }

    /**
     * New connections get the certificate that the TLS registry has read anew; those that stand go on (clause MQT-151). What
     * is as before changes nothing: while it changes, Vert.x closes connections that begin.
     */
    synchronized void reloaded(@Observes CertificateUpdatedEvent event) {
        MqttListener listener = secured;
        SSLOptions read = event.tlsConfiguration().getSSLOptions();
        boolean ours = event.name().equals(settings.tlsConfiguration().orElse(TlsConfig.DEFAULT_NAME));
        if (ours && listener != null && !read.equals(shown)) {
            shown = read;
            listener.reload(read);
        }
    }

    private NetServerOptions options(int port) {
        return new NetServerOptions()
                .setHost(settings.host())
                .setPort(port)
                .setTcpNoDelay(true)
                .setTcpKeepAlive(true);
    }

    private TlsConfiguration tlsConfiguration() {
        Optional<TlsConfiguration> configuration =
                settings.tlsConfiguration().map(tls::get).orElseGet(tls::getDefault);
        return configuration.orElseThrow(() ->
                new IllegalStateException("realtime.mqtt.tls-port is set, but there is no such TLS configuration"));
    }

    private void addPackets(ChannelPipeline pipeline, String before) {
        pipeline.addBefore(
                before,
                "mqtt",
                new PacketChannel(
                        settings.packetBytes(), node.statistics(), channel -> new MqttConnection(node, channel)));
    }

    /**
     * Returns when it listens, with one listener for each event loop, which are half as many as processors: the other half is
     * for the log. On a small machine that is one, and then what clients send one after the other is taken in that order,
     * also from different connections. Throws where the port is taken.
     */
    private Collection<MqttListener> listen(NetServerOptions options, BiConsumer<ChannelPipeline, String> handlers) {
        Collection<MqttListener> listeners = new ConcurrentLinkedQueue<>();
        int loops = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
        var instances = new DeploymentOptions().setInstances(loops);
        Supplier<Verticle> listener = () -> {
            var one = new MqttListener(options, handlers);
            listeners.add(one);
            return one;
        };
        vertx.deployVerticle(listener, instances)
                .toCompletionStage()
                .toCompletableFuture()
                .join();
        return listeners;
    }
}
