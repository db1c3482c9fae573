package io.socle.realtime.gateway.hub;

import io.socle.realtime.contracts.failure.Disconnect;
import io.socle.realtime.contracts.frame.ServerFrame;
import io.socle.realtime.contracts.message.RealtimeMessage;
import io.socle.realtime.gateway.transport.spi.Link;
import io.socle.realtime.gateway.transport.spi.SharedMessage;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A link that remembers what was written and takes no more than a test lets it. */
final class RecordingLink implements Link {
    final List<ServerFrame> frames = new ArrayList<>();
    int room = Integer.MAX_VALUE;
    int flushes;
    boolean takesReplies;

    @Override
    public boolean writable() {
        return room > 0;
    }

    @Override
    public boolean takesReplies() {
        return takesReplies;
    }

    @Override
    public void push(ServerFrame frame) {
        frames.add(frame);
        room--;
    }

    @Override
    public void message(String subscription, @Nullable String cursor, SharedMessage message) {
        frames.add(new ServerFrame.Message(subscription, cursor, message.message()));
        room--;
    }

    @Override
    public void redelivered(String subscription, SharedMessage message) {
        frames.add(new ServerFrame.Message(subscription, null, message.message(), true));
        room--;
    }

    @Override
    public void flush() {
        flushes++;
    }

    @Override
    public void close(Disconnect disconnect) {
        frames.add(new ServerFrame.DisconnectFrame(disconnect));
    }

    List<RealtimeMessage> messages(String subscription) {
        return frames.stream()
                .filter(ServerFrame.Message.class::isInstance)
                .map(ServerFrame.Message.class::cast)
                .filter(frame -> frame.subscription().equals(subscription))
                .map(ServerFrame.Message::message)
                .toList();
    }

    <T extends ServerFrame> List<T> frames(Class<T> type) {
        return frames.stream().filter(type::isInstance).map(type::cast).toList();
    }
}
