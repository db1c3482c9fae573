package io.socle.realtime.e2e.house;

import java.util.Locale;

/** The page docs/reference/configuration.md. */
final class ConfigurationPage {
    private ConfigurationPage() {}

    static String write() {
        StringBuilder page = new StringBuilder("""
                # Configuration

                Generated from the services' configuration interfaces; a test fails when it is stale. Each key can be set as an environment
                variable (upper case, what is no letter or digit as `_`), a system property, or in `application.properties`. A value out of
                range and an unknown key are refused at start, by name. Keys of Quarkus itself, such as `quarkus.http.port` and
                `mp.jwt.verify.publickey.location`, are described in its documentation.

                Kafka's addresses are `kafka.bootstrap.servers` for every service. Tracing is on with `QUARKUS_OTEL_SDK_DISABLED=false` and
                `QUARKUS_OTEL_EXPORTER_OTLP_ENDPOINT`.
                """);
        for (String service : Project.SERVICES) {
            page.append("\n## ").append(service).append("\n\n| key | default | range | meaning |\n|---|---|---|---|\n");
            for (ConfigurationKey key : ConfigurationKey.of(service)) {
                page.append(String.format(
                        Locale.ROOT,
                        "| `%s`<br>`%s` | %s | %s | %s |%n",
                        key.name(),
                        key.variable(),
                        key.fallback(),
                        key.range(),
                        key.comment().replace("|", "\\|")));
            }
        }
        return page.toString();
    }
}
