package io.socle.realtime.gateway.app;

import io.socle.realtime.gateway.auth.CertificateIdentity;
import io.socle.realtime.gateway.transport.mqtt.MqttSettings;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The MQTT transport's part of the configuration. */
@ApplicationScoped
public class MqttBeans {
    private final GatewayConfig config;

    MqttBeans(GatewayConfig config) {
        this.config = config;
    }

    @Produces
    @Singleton
    CertificateIdentity certificates() {
        GatewayConfig.Mqtt.Certificates certificates = config.mqtt().certificates();
        var grants = new CertificateIdentity.Grants(
                certificates.publish().orElse(List.of()),
                certificates.subscribe().orElse(List.of()),
                certificates.history().orElse(null),
                certificates.delete().orElse(List.of()));
        return new CertificateIdentity(certificates.name(), grants);
    }

    /** Half of the undecided commands of a connection are for publishes that the client counts, the rest for QoS 0. */
    @Produces
    @Singleton
    MqttSettings mqttSettings(@ConfigProperty(name = "quarkus.http.host") String host) {
        GatewayConfig.Mqtt mqtt = config.mqtt();
        GatewayConfig.Limits limits = config.limits();
        return new MqttSettings(
                host,
                mqtt.port(),
                mqtt.websocketPort(),
                mqtt.tlsPort(),
                mqtt.tlsConfiguration(),
                mqtt.clientCertificates(),
                config.timing().connect(),
                mqtt.keepAlive(),
                mqtt.sessionExpiry(),
                mqtt.inFlight(),
                Math.max(1, limits.inFlight() / 2),
                limits.inFlight(),
                mqtt.topicAliases(),
                mqtt.statisticsInterval(),
                limits.frameBytes(),
                limits.writeBufferBytes());
    }
}
