package io.socle.realtime.contracts.frame;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.socle.realtime.contracts.golden.Committed;
import java.util.Collection;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The bytes of every frame are as committed in src/test/resources/golden/frames, both ways. */
class GoldenFramesTest {
    @Test
    void client_frames_are_written_and_read_as_committed() {
        GoldenFrames.client().forEach((name, frame) -> {
            Committed file = Committed.golden("frames/client-" + name + ".json");
            file.requireEqual(new String(ClientFrameWriter.write(frame), UTF_8) + "\n");
            assertThat(ClientFrameParser.parse(file.read().getBytes(UTF_8))).isEqualTo(frame);
        });
    }

    @Test
    void server_frames_are_written_and_read_as_committed() {
        GoldenFrames.server().forEach((name, frame) -> {
            Committed file = Committed.golden("frames/server-" + name + ".json");
            file.requireEqual(new String(ServerFrameWriter.write(frame), UTF_8) + "\n");
            assertThat(ServerFrameParser.parse(file.read().getBytes(UTF_8))).isEqualTo(frame);
        });
    }

    @Test
    void every_type_of_frame_has_a_golden_file() {
        assertThat(types(GoldenFrames.client().values()))
                .containsExactlyInAnyOrder(ClientFrame.class.getPermittedSubclasses());
        assertThat(types(GoldenFrames.server().values()))
                .containsExactlyInAnyOrder(ServerFrame.class.getPermittedSubclasses());
    }

    @Test
    void every_type_of_frame_about_rooms_has_a_golden_file() {
        assertThat(types(GoldenRoomFrames.client().values()))
                .containsExactlyInAnyOrder(RoomFrame.class.getPermittedSubclasses());
        assertThat(types(GoldenRoomFrames.server().values()))
                .containsExactlyInAnyOrder(RoomPush.class.getPermittedSubclasses());
    }

    private static Collection<Class<?>> types(Collection<?> frames) {
        return frames.stream().<Class<?>>map(Object::getClass).collect(Collectors.toSet());
    }
}
