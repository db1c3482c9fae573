package io.socle.realtime.launcher.suite;

import io.socle.realtime.launcher.exit.Refusal;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Consumer;

/** Asks the supervisor of a running suite to change it. */
public final class ControlClient {
    private final DataFolder data;

    public ControlClient(DataFolder data) {
        this.data = data;
    }

    /** Returns the supervisor's sentence when it is done; throws Refusal with the reason where it is not. */
    public String ask(ControlRequest request, Consumer<String> progress) {
        refuseUnlessReady();
        try (var channel = SocketChannel.open(UnixDomainSocketAddress.of(data.controlSocket()));
                var reader = new BufferedReader(Channels.newReader(channel, StandardCharsets.UTF_8))) {
            channel.write(ByteBuffer.wrap((request.line() + "\n").getBytes(StandardCharsets.UTF_8)));
            return answer(reader, progress);
        } catch (IOException | IllegalArgumentException e) {
            throw new Refusal("The suite on " + data.path() + " takes no requests: " + e.getMessage() + ".");
        }
    }

    private void refuseUnlessReady() {
        Optional<RunState> state;
        try {
            state = RunState.read(data.stateFile());
        } catch (IOException e) {
            throw new Refusal("The state of the suite cannot be read: " + e.getMessage() + ".");
        }
        if (state.flatMap(found -> Processes.find(found.supervisor())).isEmpty()) {
            throw new Refusal("No suite runs on " + data.path() + ".");
        }
        if (state.get().phase() != RunState.Phase.READY) {
            throw new Refusal("The suite on " + data.path() + " is still starting, or already stopping.");
        }
    }

    private static String answer(BufferedReader reader, Consumer<String> progress) throws IOException {
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
            if (line.startsWith(ControlServer.DONE)) {
                return line.substring(ControlServer.DONE.length());
            }
            if (line.startsWith(ControlServer.REFUSED)) {
                throw new Refusal(line.substring(ControlServer.REFUSED.length()));
            }
            progress.accept(line.replaceFirst("^" + ControlServer.PROGRESS, ""));
        }
        throw new Refusal("The suite ended before it had answered.");
    }
}
