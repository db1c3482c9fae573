package io.socle.realtime.e2e.suite;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Map;
import javax.net.ssl.TrustManagerFactory;

/** MQTT over TLS in the shared suite: a port, and a key that is made for the run and trusted by its tests only. */
public final class MqttTls {
    private static final String PASSWORD = "made-for-this-run";
    private static final Path KEYS =
            Commands.TARGET.resolve("mqtt-" + ProcessHandle.current().pid() + ".p12");
    private static final int PORT = freePort();

    private MqttTls() {}

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
        makeKey();
        return Map.of(
                "realtime.mqtt.tls-port",
                Integer.toString(PORT),
                "realtime.mqtt.tls-configuration",
                "mqtt",
                "quarkus.tls.mqtt.key-store.p12.path",
                KEYS.toAbsolutePath().toString(),
                "quarkus.tls.mqtt.key-store.p12.password",
                PASSWORD);
    }

    private static void makeKey() {
        try {
            Files.createDirectories(KEYS.resolveSibling(""));
            Files.deleteIfExists(KEYS);
            int exit = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "keytool")
                                    .toString(),
                            "-genkeypair",
                            "-alias",
                            "mqtt",
                            "-keyalg",
                            "EC",
                            "-dname",
                            "CN=localhost",
                            "-ext",
                            "SAN=dns:localhost,ip:127.0.0.1",
                            "-storetype",
                            "PKCS12",
                            "-keystore",
                            KEYS.toString(),
                            "-storepass",
                            PASSWORD)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
            if (exit != 0) {
                throw new AssertionError("keytool ended with " + exit);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    /** Trusts the suite's key and no other. */
    public static TrustManagerFactory trust() {
        try (InputStream in = Files.newInputStream(KEYS)) {
            KeyStore keys = KeyStore.getInstance("PKCS12");
            keys.load(in, PASSWORD.toCharArray());
            KeyStore trusted = KeyStore.getInstance("PKCS12");
            trusted.load(null, null);
            trusted.setCertificateEntry("mqtt", keys.getCertificate("mqtt"));
            var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(trusted);
            return factory;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }
}
