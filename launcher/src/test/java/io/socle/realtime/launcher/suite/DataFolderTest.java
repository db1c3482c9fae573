package io.socle.realtime.launcher.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socle.realtime.launcher.exit.Refusal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFolderTest {
    @TempDir
    Path folder;

    @Test
    void a_folder_that_cannot_be_written_is_refused_in_one_sentence() throws IOException {
        // A file as parent fails for every user, root included.
        Path file = Files.writeString(folder.resolve("file"), "");
        assertThatThrownBy(() -> new DataFolder(file.resolve("data")).prepare(0))
                .isInstanceOf(Refusal.class)
                .hasMessageMatching("The data folder .* cannot be written: .*");
        assertThatThrownBy(() -> new DataFolder(Path.of("/proc/realtime-data")).prepare(0))
                .isInstanceOf(Refusal.class)
                .hasMessageMatching("The data folder /proc/realtime-data cannot be written: .*");
    }

    @Test
    void a_full_disk_is_refused_in_one_sentence() {
        assertThatThrownBy(() -> new DataFolder(folder.resolve("data")).prepare(Long.MAX_VALUE))
                .isInstanceOf(Refusal.class)
                .hasMessageMatching("The data folder .* has \\d+ MB of free space, and \\d+ MB are needed\\.");
    }

    @Test
    void a_folder_in_use_is_refused_until_it_is_released() throws IOException {
        var data = new DataFolder(folder);
        data.prepare(0);
        try (var _ = data.lock()) {
            assertThatThrownBy(data::lock)
                    .isInstanceOf(Refusal.class)
                    .hasMessageContaining("is in use by a running suite");
        }
        data.lock().close();
    }

    @Test
    void foreign_folders_are_neither_taken_nor_wiped() throws IOException {
        Path precious = Files.writeString(folder.resolve("precious"), "mine");
        var data = new DataFolder(folder);
        assertThatThrownBy(() -> data.prepare(0)).isInstanceOf(Refusal.class).hasMessageContaining("not of this suite");
        assertThatThrownBy(data::wipe).isInstanceOf(Refusal.class).hasMessageContaining("not of this suite");
        assertThat(precious).hasContent("mine");
    }

    @Test
    void wiping_removes_data_and_links_but_nothing_behind_a_link() throws IOException {
        Path outside = Files.createDirectory(folder.resolve("outside"));
        Files.writeString(outside.resolve("precious"), "mine");
        var data = new DataFolder(folder.resolve("data"));
        data.prepare(0);
        Files.createDirectories(data.kafka().resolve("topic-0"));
        Files.writeString(data.kafka().resolve("topic-0").resolve("segment"), "x");
        Files.createSymbolicLink(data.path().resolve("link"), outside);

        data.wipe();

        assertThat(outside.resolve("precious")).hasContent("mine");
        assertThat(data.kafka()).doesNotExist();
        assertThat(data.path().resolve("link")).doesNotExist();
        data.prepare(0);
    }
}
