package io.socle.realtime.e2e.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5ConnAckException;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5PubAckException;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5SubAckException;
import com.hivemq.client.mqtt.mqtt5.message.connect.connack.Mqtt5ConnAckReasonCode;
import io.socle.realtime.e2e.mqtt.Clients5.Received;
import io.socle.realtime.e2e.suite.MqttTls;
import io.socle.realtime.e2e.suite.SharedSuite;
import io.socle.realtime.e2e.suite.Suite;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.UUID;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** MQTT over TLS: clients that are known by their certificates, and a certificate of the server that is renewed. */
@ExtendWith(SharedSuite.class)
class CertificatesIT {
    private static final String OWN = "devices/" + MqttTls.DEVICE_NAME + "/";

    private final Suite suite;

    CertificatesIT(Suite suite) {
        this.suite = suite;
    }

    /**
     * A client over TLS.
     *
     * @param keys null for none
     * @param token null for none
     */
    private static Mqtt5BlockingClient client(@Nullable KeyManagerFactory keys, @Nullable String token) {
        var builder = MqttClient.builder()
                .useMqttVersion5()
                .identifier("tls-" + UUID.randomUUID())
                .serverHost("127.0.0.1")
                .serverPort(MqttTls.port())
                .sslConfig()
                .trustManagerFactory(MqttTls.trust())
                .keyManagerFactory(keys)
                .applySslConfig();
        if (token != null) {
            builder.simpleAuth()
                    .password(token.getBytes(StandardCharsets.UTF_8))
                    .applySimpleAuth();
        }
        return builder.buildBlocking();
    }

    @Test
    void a_certificate_says_who_it_is_and_the_configuration_what_it_may_do() { // MQT-150
        var device = client(MqttTls.device(true), null);
        device.connect();
        try (Received received = Clients5.received(device)) {
            Clients5.subscribe(device, OWN + "#", MqttQos.AT_LEAST_ONCE);
            Clients5.subscribe(device, "devices/all", MqttQos.AT_LEAST_ONCE);
            Clients5.publish(device, OWN + "state", MqttQos.AT_LEAST_ONCE, "on");
            assertThat(received.text()).isEqualTo("on");
            assertThatThrownBy(() -> Clients5.publish(device, "devices/all", MqttQos.AT_LEAST_ONCE, "no"))
                    .isInstanceOf(Mqtt5PubAckException.class);
            assertThatThrownBy(() -> Clients5.publish(device, "devices/device-8/state", MqttQos.AT_LEAST_ONCE, "no"))
                    .isInstanceOf(Mqtt5PubAckException.class);
            assertThatThrownBy(() -> Clients5.subscribe(device, "devices/#", MqttQos.AT_LEAST_ONCE))
                    .isInstanceOf(Mqtt5SubAckException.class);
        }
        device.disconnect();
    }

    @Test
    void a_token_goes_before_the_certificate_and_without_either_nobody_comes_in() { // MQT-150, MQT-4
        var both = client(MqttTls.device(true), suite.tokens().everything("alice"));
        both.connect();
        Clients5.publish(both, "mqtt/" + UUID.randomUUID(), MqttQos.AT_LEAST_ONCE, "alice may");
        both.disconnect();
        var neither = client(null, null);
        assertThatThrownBy(neither::connect)
                .isInstanceOfSatisfying(
                        Mqtt5ConnAckException.class,
                        refused -> assertThat(refused.getMqttMessage().getReasonCode())
                                .isEqualTo(Mqtt5ConnAckReasonCode.NOT_AUTHORIZED));
    }

    @Test
    void a_certificate_that_is_not_trusted_does_not_come_as_far_as_mqtt() { // MQT-150
        var stranger = client(MqttTls.device(false), null);
        assertThatThrownBy(stranger::connect).isNotInstanceOf(Mqtt5ConnAckException.class);
    }

    @Test
    void a_new_certificate_is_shown_to_new_connections_and_the_old_ones_go_on() { // MQT-151
        var before = client(null, suite.tokens().everything("alice"));
        before.connect();
        X509Certificate renewed = MqttTls.renew();
        // What begins while Vert.x takes up the new one is closed.
        Awaitility.await("the new certificate")
                .atMost(Duration.ofSeconds(30))
                .ignoreException(SSLHandshakeException.class)
                .until(() -> shown().equals(renewed));
        var after = client(MqttTls.device(true), null);
        after.connect();
        Clients5.publish(after, OWN + "state", MqttQos.AT_LEAST_ONCE, "still a device");
        Clients5.publish(before, "mqtt/" + UUID.randomUUID(), MqttQos.AT_LEAST_ONCE, "still here");
        after.disconnect();
        before.disconnect();
    }

    /** The certificate that a new connection is shown, whatever it is. */
    private static Certificate shown() throws IOException, GeneralSecurityException {
        var context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {new Trusting()}, null);
        try (var socket = (SSLSocket) context.getSocketFactory().createSocket("127.0.0.1", MqttTls.port())) {
            socket.startHandshake();
            return socket.getSession().getPeerCertificates()[0];
        }
    }

    private static final class Trusting implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
