package io.socle.realtime.gateway.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socle.realtime.contracts.message.ChannelFilter;
import io.socle.realtime.contracts.message.ChannelName;
import io.socle.realtime.gateway.auth.CertificateIdentity.Grants;
import io.socle.realtime.gateway.auth.CertificateIdentity.Name;
import io.socle.realtime.gateway.session.Principal;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CertificateIdentityTest {
    private static final String PASSWORD = "made-for-this-test";
    private static final Grants OWN =
            new Grants(List.of("devices/{subject}/#"), List.of("devices/{subject}/#", "all"), null, List.of());
    private static final Grants FIXED = new Grants(List.of("up"), List.of("down"), List.of(), List.of("up"));

    @TempDir
    Path folder;

    private X509Certificate certificate(String name, String alternatives) throws Exception {
        Path keys = folder.resolve(UUID.randomUUID() + ".p12");
        int exit = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "one",
                        "-keyalg",
                        "EC",
                        "-dname",
                        name,
                        "-ext",
                        "SAN=" + alternatives,
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        keys.toString(),
                        "-storepass",
                        PASSWORD)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
        assertThat(exit).isZero();
        try (InputStream in = Files.newInputStream(keys)) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(in, PASSWORD.toCharArray());
            return (X509Certificate) store.getCertificate("one");
        }
    }

    @Test
    void the_common_name_is_the_subject_and_stands_in_what_is_granted() throws Exception { // MQT-150
        X509Certificate certificate = certificate("CN=device-7, O=Example", "dns:d7.example");
        Principal device = new CertificateIdentity(Name.COMMON_NAME, OWN).principal(certificate);
        assertThat(device.subject()).isEqualTo("device-7");
        assertThat(device.expires()).isEqualTo(certificate.getNotAfter().toInstant());
        assertThat(device.isAnonymous()).isFalse();
        var may = device.capabilities();
        assertThat(may.mayPublish(new ChannelName("devices/device-7/state"))).isTrue();
        assertThat(may.mayPublish(new ChannelName("devices/device-8/state"))).isFalse();
        assertThat(may.mayReadHistory(new ChannelFilter("all"))).isTrue();
        assertThat(may.mayDelete(new ChannelName("devices/device-7/state"))).isFalse();
    }

    @Test
    void an_alternative_name_is_the_subject_where_there_is_exactly_one_of_its_kind() throws Exception { // MQT-150
        X509Certificate one = certificate("CN=x", "dns:d7.example,uri:spiffe://example/d7,email:d7@example.org");
        assertThat(new CertificateIdentity(Name.DNS, OWN).principal(one).subject())
                .isEqualTo("d7.example");
        assertThat(new CertificateIdentity(Name.EMAIL, OWN).principal(one).subject())
                .isEqualTo("d7@example.org");
        Principal uri = new CertificateIdentity(Name.URI, FIXED).principal(one);
        assertThat(uri.subject()).isEqualTo("spiffe://example/d7");
        assertThat(uri.capabilities().mayReadHistory(new ChannelFilter("down"))).isFalse();
        X509Certificate two = certificate("CN=a, CN=b", "dns:a.example,dns:b.example");
        for (Name name : Name.values()) {
            assertThatThrownBy(() -> new CertificateIdentity(name, OWN).principal(two))
                    .isInstanceOf(BadTokenException.class)
                    .hasMessageContaining("exactly one");
        }
    }

    @Test
    void a_name_that_would_widen_a_filter_is_refused() throws Exception { // MQT-150
        var own = new CertificateIdentity(Name.COMMON_NAME, OWN);
        var fixed = new CertificateIdentity(Name.COMMON_NAME, FIXED);
        for (String wild : List.of("#", "+", "a/b")) {
            X509Certificate certificate = certificate("CN=\"" + wild + "\"", "dns:x");
            assertThatThrownBy(() -> own.principal(certificate)).isInstanceOf(BadTokenException.class);
            assertThat(fixed.principal(certificate).subject()).isEqualTo(wild);
        }
    }

    @Test
    void a_name_of_the_system_is_refused() throws Exception { // MQT-150
        var fixed = new CertificateIdentity(Name.COMMON_NAME, FIXED);
        X509Certificate bridge = certificate("CN=$bridge", "dns:x");
        assertThatThrownBy(() -> fixed.principal(bridge))
                .isInstanceOf(BadTokenException.class)
                .hasMessageContaining("begins with $");
        assertThat(fixed.principal(certificate("CN=a$", "dns:x")).subject()).isEqualTo("a$");
    }

    @Test
    void a_name_has_at_most_128_characters() throws Exception { // MQT-150
        var fixed = new CertificateIdentity(Name.COMMON_NAME, FIXED);
        assertThat(fixed.principal(certificate("CN=" + "x".repeat(128), "dns:x"))
                        .subject())
                .hasSize(128);
        X509Certificate longer = certificate("CN=" + "x".repeat(129), "dns:x");
        assertThatThrownBy(() -> fixed.principal(longer)).isInstanceOf(BadTokenException.class);
    }

    @Test
    void what_is_no_filter_cannot_be_granted() {
        var wrong = new Grants(List.of("a#"), List.of(), null, List.of());
        assertThatThrownBy(() -> new CertificateIdentity(Name.DNS, wrong)).isInstanceOf(IllegalArgumentException.class);
    }
}
