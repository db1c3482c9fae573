package io.socle.realtime.e2e.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ConfigurationReferenceTest {
    private static final Path PAGE = Project.root().resolve("docs/reference/configuration.md");
    private static final Path KEYS =
            Project.root().resolve("contracts/src/main/resources/io/socle/realtime/contracts/config/keys.txt");

    @Test
    void the_reference_page_is_what_the_configuration_interfaces_say() throws IOException {
        String page = ConfigurationPage.write();
        if (Boolean.getBoolean("docs.update")) {
            Files.createDirectories(PAGE.getParent());
            Files.writeString(PAGE, page);
        }
        assertThat(Files.readString(PAGE))
                .as("stale: run mvn -f e2e/pom.xml test -Dtest=ConfigurationReferenceTest -Ddocs.update=true")
                .isEqualTo(page);
    }

    @Test
    void the_services_know_the_keys_of_all_of_them() throws IOException {
        String keys = Project.SERVICES.stream()
                .flatMap(service -> ConfigurationKey.of(service).stream())
                .map(ConfigurationKey::name)
                .distinct()
                .sorted()
                .collect(Collectors.joining("\n", "", "\n"));
        if (Boolean.getBoolean("docs.update")) {
            Files.createDirectories(KEYS.getParent());
            Files.writeString(KEYS, keys);
        }
        assertThat(Files.readString(KEYS))
                .as("stale: regenerate with -Ddocs.update=true, then build contracts")
                .isEqualTo(keys);
    }

    @Test
    void every_key_has_a_comment() {
        for (String service : Project.SERVICES) {
            List<ConfigurationKey> keys = ConfigurationKey.of(service);
            assertThat(keys).as(service).isNotEmpty();
            assertThat(keys)
                    .as(service)
                    .allSatisfy(key -> assertThat(key.comment()).isNotBlank());
        }
    }
}
