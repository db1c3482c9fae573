package io.socle.realtime.e2e.suite;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.TrustManagerFactory;

/** MQTT over TLS in the shared suite: a port, and a key that is made for the run and trusted by its tests only. */
public final class MqttTls {
    private static final String PASSWORD = "made-for-this-run";
    private static final String ALIAS = "mqtt";

    /** The name in the certificate of a device. */
    public static final String DEVICE_NAME = "device-7";

    private static final Path KEYS = file("server");
    private static final Path DEVICE = file("device");
    private static final Path STRANGER = file("stranger");
    private static final Path TRUSTED = file("trusted");
    private static final int PORT = freePort();

    private MqttTls() {}

    private static Path file(String name) {
        return Commands.TARGET
                .resolve("mqtt-" + name + "-" + ProcessHandle.current().pid() + ".p12")
                .toAbsolutePath();
    }

    private static int freePort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static int port() {
        return PORT;
    }

    static Map<String, String> configuration() {
        make(KEYS, "CN=localhost");
        make(DEVICE, "CN=" + DEVICE_NAME);
        make(STRANGER, "CN=" + DEVICE_NAME);
        store(TRUSTED, certificate(DEVICE));
        Map<String, String> configuration = new HashMap<>();
        configuration.put("realtime.mqtt.tls-port", Integer.toString(PORT));
        configuration.put("realtime.mqtt.tls-configuration", "mqtt");
        configuration.put("quarkus.tls.mqtt.key-store.p12.path", KEYS.toString());
        configuration.put("quarkus.tls.mqtt.key-store.p12.password", PASSWORD);
        configuration.put("quarkus.tls.mqtt.trust-store.p12.path", TRUSTED.toString());
        configuration.put("quarkus.tls.mqtt.trust-store.p12.password", PASSWORD);
        configuration.put("quarkus.tls.mqtt.reload-period", "5S");
        configuration.put("realtime.mqtt.client-certificates", "request");
        configuration.put("realtime.mqtt.certificates.publish", "devices/{subject}/#");
        configuration.put("realtime.mqtt.certificates.subscribe", "devices/{subject}/#,devices/all");
        return configuration;
    }

    /** Gives the suite another certificate, as an operator does, and returns it. */
    public static X509Certificate renew() {
        Path fresh = KEYS.resolveSibling("fresh-" + KEYS.getFileName());
        make(fresh, "CN=localhost");
        try {
            Files.move(fresh, KEYS, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return certificate(KEYS);
    }

    private static void make(Path keys, String name) {
        try {
            Files.createDirectories(keys.resolveSibling(""));
            Files.deleteIfExists(keys);
            String keytool =
                    Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
            var command = new ArrayList<>(List.of(keytool, "-genkeypair", "-alias", ALIAS, "-keyalg", "EC"));
            command.addAll(List.of("-dname", name, "-ext", "SAN=dns:localhost,ip:127.0.0.1"));
            command.addAll(List.of("-storetype", "PKCS12", "-keystore", keys.toString(), "-storepass", PASSWORD));
            var result = Commands.run(Duration.ofSeconds(30), command);
            if (result.exitCode() != 0) {
                throw new AssertionError("keytool: " + result);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static KeyStore load(Path keys) throws GeneralSecurityException {
        try (InputStream in = Files.newInputStream(keys)) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(in, PASSWORD.toCharArray());
            return store;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static X509Certificate certificate(Path keys) {
        try {
            return (X509Certificate) load(keys).getCertificate(ALIAS);
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static KeyStore trusting(X509Certificate certificate) throws GeneralSecurityException, IOException {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry(ALIAS, certificate);
        return trusted;
    }

    private static void store(Path trusted, X509Certificate certificate) {
        try (OutputStream out = Files.newOutputStream(trusted)) {
            trusting(certificate).store(out, PASSWORD.toCharArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    /** Trusts the suite's present key and no other. */
    public static TrustManagerFactory trust() {
        try {
            var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(trusting(certificate(KEYS)));
            return factory;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    /** The key of {@link #DEVICE_NAME}, whose certificate the suite trusts; or one of the same name that it does not. */
    public static KeyManagerFactory device(boolean trusted) {
        try {
            var factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            factory.init(load(trusted ? DEVICE : STRANGER), PASSWORD.toCharArray());
            return factory;
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }
}
