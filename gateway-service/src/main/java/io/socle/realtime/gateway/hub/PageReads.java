package io.socle.realtime.gateway.hub;

import io.socle.realtime.contracts.command.Read;
import io.socle.realtime.contracts.delivery.Reply;
import io.socle.realtime.contracts.message.Limits;
import io.socle.realtime.contracts.message.RealtimeMessage;
import io.socle.realtime.gateway.log.Owners;
import io.socle.realtime.gateway.log.ReplyHandler;
import io.socle.realtime.gateway.transport.spi.SharedMessage;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Pages of history for recovering subscriptions. When thousands come back at once most of them want the same pages: who
 * wants a page while the same one is on its way shares the next one, which the owner makes after it was wanted. Pages on
 * their way are bounded by the node's budget. Confined to the hub's event loop.
 */
final class PageReads {
    private final Owners owners;
    private final Executor loop;
    private final OutboxBudget budget;
    private final Map<Wanted, Asking> asking = new HashMap<>();
    private final ArrayDeque<Asking> waiting = new ArrayDeque<>();
    private int onTheWay;
    /** The messages of the page that is being handed out, so that each is rendered once for all. */
    private @Nullable Map<RealtimeMessage, SharedMessage> handingOut;

    private record Wanted(int partition, Read read) {}

    /** One page, asked for once: for those who wanted it before it was sent, and then for those who did later. */
    private static final class Asking {
        final Wanted wanted;
        List<ReplyHandler> handlers = new ArrayList<>();
        List<ReplyHandler> later = new ArrayList<>();
        boolean sent;

        Asking(Wanted wanted) {
            this.wanted = wanted;
        }
    }

    PageReads(Owners owners, Executor loop, OutboxBudget budget) {
        this.owners = owners;
        this.loop = loop;
        this.budget = budget;
    }

    /** Asks for a page; the handler is called once, on the loop. */
    void ask(int partition, Read read, ReplyHandler handler) {
        Wanted wanted = new Wanted(partition, read);
        Asking known = asking.get(wanted);
        if (known == null) {
            known = new Asking(wanted);
            asking.put(wanted, known);
            waiting.add(known);
        }
        (known.sent ? known.later : known.handlers).add(handler);
        send();
    }

    /** One page may always be on its way, so that none waits for ever. */
    private void send() {
        while (!waiting.isEmpty() && (onTheWay == 0 || budget.reserve(Limits.PAGE_BYTES))) {
            if (onTheWay == 0) {
                budget.take(Limits.PAGE_BYTES);
            }
            onTheWay++;
            Asking next = waiting.poll();
            next.sent = true;
            owners.read(
                    next.wanted.partition(),
                    next.wanted.read(),
                    loop,
                    (partition, logPosition, reply) -> answered(next, partition, logPosition, reply));
        }
    }

    private void answered(Asking asked, int partition, long logPosition, Reply reply) {
        onTheWay--;
        budget.release(Limits.PAGE_BYTES);
        List<ReplyHandler> handlers = asked.handlers;
        again(asked);
        handingOut = handlers.size() > 1 ? new IdentityHashMap<>() : null;
        handlers.forEach(handler -> handler.replied(partition, logPosition, reply));
        handingOut = null;
        send();
    }

    /** Who wanted the page while it was on its way gets one that is made from now on. */
    private void again(Asking asked) {
        if (asked.later.isEmpty()) {
            asking.remove(asked.wanted);
            return;
        }
        asked.handlers = asked.later;
        asked.later = new ArrayList<>();
        asked.sent = false;
        waiting.add(asked);
    }

    /** A page's message, to be written to links. */
    SharedMessage shared(RealtimeMessage message) {
        return handingOut == null
                ? new SharedMessage(message)
                : handingOut.computeIfAbsent(message, SharedMessage::new);
    }
}
