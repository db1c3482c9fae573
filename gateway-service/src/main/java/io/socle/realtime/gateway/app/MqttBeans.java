package io.socle.realtime.gateway.app;

import io.socle.realtime.gateway.transport.mqtt.MqttSettings;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The MQTT transport's part of the configuration. */
@ApplicationScoped
public class MqttBeans {
    private final GatewayConfig config;

    MqttBeans(GatewayConfig config) {
        this.config = config;
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
