package io.socle.realtime.launcher.client;

import io.socle.realtime.launcher.exit.ExitCode;
import io.socle.realtime.launcher.exit.Refusal;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Subscribes over WebSocket and prints what comes; comes back after a break and resumes where it was. */
public final class Subscriber {
    private final Request request;
    private final MessagePrinter printer;
    private final PrintStream notes;
    private final Deadline deadline;
    private final Jitter jitter = new Jitter(RandomGenerator.getDefault());
    private final List<Wanted> wanted = new ArrayList<>();
    private long left;

    /**
     * What to subscribe to.
     *
     * @param url of the WebSocket endpoint
     * @param token asked for at each connect; null where only an open suite would accept
     * @param filters channels or filters
     * @param since where to begin; null: from now
     * @param count stop after so many messages, 0: never
     * @param timeout stop after this time; null: never
     */
    public record Request(
            URI url,
            Supplier<@Nullable String> token,
            List<String> filters,
            @Nullable Since since,
            long count,
            @Nullable Duration timeout) {}

    /** Prints messages by the printer, and what else there is to know to {@code notes}. */
    public Subscriber(Request request, MessagePrinter printer, PrintStream notes) {
        this.request = request;
        this.printer = printer;
        this.notes = notes;
        this.deadline = new Deadline(request.timeout());
        this.left = request.count() == 0 ? Long.MAX_VALUE : request.count();
        for (String filter : request.filters()) {
            wanted.add(new Wanted("s" + wanted.size(), filter, request.since()));
        }
    }

    /** Returns the exit code when it is done; throws Refusal where the suite says no, or never answered. */
    public int run() throws InterruptedException {
        try (HttpClient http =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            boolean connectedOnce = false;
            while (!deadline.isOver()) {
                Conversation.End end = converse(http, connectedOnce);
                if (end instanceof Conversation.End.Finished) {
                    http.shutdownNow();
                    return ExitCode.OK;
                }
                connectedOnce = true;
                pause((Conversation.End.Broken) end);
            }
            http.shutdownNow();
            return left == Long.MAX_VALUE ? ExitCode.OK : ExitCode.TIMED_OUT;
        }
    }

    private Conversation.End converse(HttpClient http, boolean connectedOnce) throws InterruptedException {
        try (var link = WebSocketLink.open(http, request.url())) {
            return new Conversation(link, wanted, request.token().get(), this::deliver, notes, deadline).run(jitter);
        } catch (IOException e) {
            if (!connectedOnce) {
                throw new Refusal(ExitCode.NOT_REACHED, "Cannot subscribe: " + e.getMessage() + "; is the suite up?");
            }
            return new Conversation.End.Broken(String.valueOf(e.getMessage()), null);
        }
    }

    /** Returns whether more is wanted. */
    private boolean deliver(String frameText, RawObject frame) throws IOException {
        left--;
        return printer.print(frameText, frame) && left > 0;
    }

    private void pause(Conversation.End.Broken broken) throws InterruptedException {
        if (deadline.isOver()) {
            return;
        }
        Duration wait = jitter.next();
        if (broken.advised() != null) {
            wait = wait.plus(broken.advised());
        }
        notes.println("realtime: " + broken.reason() + "; coming back in " + wait.toMillis() + " ms");
        Thread.sleep(deadline.atMost(wait));
    }
}
