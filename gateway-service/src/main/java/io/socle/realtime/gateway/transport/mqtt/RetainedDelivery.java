package io.socle.realtime.gateway.transport.mqtt;

import io.socle.realtime.contracts.failure.FailureCode;
import io.socle.realtime.contracts.message.ChannelName;
import io.socle.realtime.contracts.message.Position;
import io.socle.realtime.contracts.message.RealtimeMessage;
import io.socle.realtime.gateway.transport.mqtt.flow.Subscriptions;
import io.socle.realtime.gateway.transport.mqtt.packet.ReasonCode;
import io.socle.realtime.gateway.transport.spi.Requests;
import io.socle.realtime.gateway.transport.spi.SharedMessage;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Retained messages for new subscriptions (MQTT 5 section 3.3.1.3). While they are read and sent live messages wait, so
 * that no client takes an older value for the newer one. At most one page is held. Confined to the link's event loop.
 */
final class RetainedDelivery {
    private static final int REMEMBERED = 1_024;

    private final Client client;
    private final Delivering delivering;
    private final Requests requests;
    private final Runnable idle;
    private final Ending ending;
    private final ArrayDeque<Task> tasks = new ArrayDeque<>();
    private final ArrayDeque<RealtimeMessage> page = new ArrayDeque<>();
    private final Map<Sent, Position> sent = new LinkedHashMap<>(16, 0.75f, false) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Sent, Position> eldest) {
            return size() > REMEMBERED;
        }
    };

    private boolean reading;
    private boolean closed;

    private record Sent(String filter, ChannelName channel) {}

    private static final class Task {
        final Subscriptions.Entry entry;
        final Consumer<@Nullable Throwable> begun;

        @Nullable
        String next;

        boolean answered;
        boolean read;

        Task(Subscriptions.Entry entry, Consumer<@Nullable Throwable> begun) {
            this.entry = entry;
            this.begun = begun;
        }
    }

    /**
     * Makes it.
     *
     * @param idle run when live messages may go on
     */
    RetainedDelivery(Client client, Delivering delivering, Requests requests, Runnable idle, Ending ending) {
        this.client = client;
        this.delivering = delivering;
        this.requests = requests;
        this.idle = idle;
        this.ending = ending;
    }

    /** Whether live messages may be sent. */
    boolean isIdle() {
        return tasks.isEmpty();
    }

    /**
     * Sends the retained messages that a subscription selects.
     *
     * @param begun told once when the first page is there, or why it is not
     */
    void begin(Subscriptions.Entry entry, Consumer<@Nullable Throwable> begun) {
        tasks.add(new Task(entry, begun));
        proceed();
    }

    void close() {
        closed = true;
        tasks.clear();
        page.clear();
    }

    /** Whether a live message was sent to the subscription as the retained one before. */
    boolean wasSent(String filter, RealtimeMessage message) {
        Position position = message.position();
        return position != null && sent.remove(new Sent(filter, message.channel()), position);
    }

    /** Sends what the window and the socket take, then asks for more. */
    void proceed() {
        while (!closed && !reading && !tasks.isEmpty()) {
            Task task = tasks.peek();
            if (isGivenUp(task)) {
                page.clear();
                task.read = true;
                task.next = null;
            }
            while (!page.isEmpty() && delivering.isOpen()) {
                send(task.entry, page.poll());
            }
            if (!page.isEmpty()) {
                return;
            }
            if (task.read && task.next == null) {
                finish();
            } else {
                read(task);
            }
        }
    }

    /** The subscription was ended meanwhile. */
    private boolean isGivenUp(Task task) {
        return task.answered
                && client.session().subscriptions().get(task.entry.filter().value()) == null;
    }

    private void finish() {
        tasks.remove();
        if (tasks.isEmpty()) {
            idle.run();
        }
    }

    private void send(Subscriptions.Entry entry, RealtimeMessage message) {
        if (message.position() != null) {
            sent.put(new Sent(entry.filter().value(), message.channel()), message.position());
        }
        delivering.retained(new SharedMessage(message), entry);
    }

    private void read(Task task) {
        reading = true;
        requests.retained(client.principal(), task.entry.filter(), task.next)
                .whenComplete((read, failure) -> client.channel().loop().execute(() -> arrived(task, read, failure)));
    }

    private void arrived(Task task, Requests.@Nullable RetainedPage read, @Nullable Throwable failure) {
        reading = false;
        if (closed) {
            return;
        }
        task.read = true;
        task.next = read == null ? null : read.next();
        if (read != null) {
            page.addAll(read.messages());
        } else if (task.answered) {
            ending.end(ReasonCode.UNSPECIFIED_ERROR, FailureCode.UNAVAILABLE.meaning());
            return;
        }
        if (!task.answered) {
            task.answered = true;
            task.begun.accept(failure);
        }
        proceed();
        client.channel().flush();
    }
}
