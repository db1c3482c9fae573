package io.socle.realtime.gateway.connection;

import io.socle.realtime.contracts.command.Command;
import io.socle.realtime.contracts.command.Read;
import io.socle.realtime.contracts.command.SessionAction;
import io.socle.realtime.contracts.command.SessionEntry;
import io.socle.realtime.contracts.command.SessionKey;
import io.socle.realtime.contracts.command.SessionWill;
import io.socle.realtime.contracts.delivery.Reply;
import io.socle.realtime.contracts.delivery.Reply.PageItem;
import io.socle.realtime.contracts.failure.Problem;
import io.socle.realtime.contracts.message.ChannelName;
import io.socle.realtime.contracts.message.Limits;
import io.socle.realtime.contracts.message.Position;
import io.socle.realtime.contracts.message.Privacy;
import io.socle.realtime.contracts.message.RealtimeMessage;
import io.socle.realtime.gateway.ephemeral.EphemeralNamespaces;
import io.socle.realtime.gateway.hub.Hub;
import io.socle.realtime.gateway.log.Owners;
import io.socle.realtime.gateway.log.SessionSink;
import io.socle.realtime.gateway.transport.spi.ClientSessions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Sessions of MQTT clients at their owners, over the log; safe for use by all threads. */
public final class LogSessions implements ClientSessions, SessionSink {
    private static final Logger LOG = Logger.getLogger(LogSessions.class);
    private static final Duration AGAIN = Duration.ofSeconds(1);
    /** How often a detach is said where the owner does not answer: for longer than this node keeps its slot without the log. */
    private static final int TRIES = 60;

    private final Owners owners;
    private final Hub.DelayedTasks delays;
    private final EphemeralNamespaces ephemeral;
    private final Map<SessionKey, Set<Holder>> holders = new ConcurrentHashMap<>();

    public LogSessions(Owners owners, Hub.DelayedTasks delays, EphemeralNamespaces ephemeral) {
        this.owners = owners;
        this.delays = delays;
        this.ephemeral = ephemeral;
    }

    @Override
    public void attach(
            SessionKey of, SessionAction.Attach attach, Holder holder, Executor loop, Consumer<Reply> answer) {
        holders.compute(of, (key, some) -> {
            Set<Holder> all = some == null ? ConcurrentHashMap.newKeySet() : some;
            all.add(holder);
            return all;
        });
        var taking =
                new SessionAction.Attach(attach.cleanStart(), attach.expiryMs(), kept(attach.will()), attach.yields());
        owners.command(new Command.Session(of, 0, taking), loop, (partition, logPosition, reply) -> {
            if (!(reply instanceof Reply.SessionAttached)) {
                forget(of, holder);
            }
            answer.accept(reply);
        });
    }

    /** Owners publish wills and know no ephemeral namespaces: of those nothing is to stay. */
    private @Nullable SessionWill kept(@Nullable SessionWill will) {
        if (will == null || !ephemeral.contains(will.message().channel())) {
            return will;
        }
        RealtimeMessage message = will.message();
        Privacy privacy = message.privacy();
        RealtimeMessage passing = message.toBuilder()
                .retain(false)
                .privacy(new Privacy(privacy.receivers(), false, privacy.audit(), privacy.encryption()))
                .build();
        return new SessionWill(passing, will.delayMs(), will.expiresAfterMs());
    }

    private void forget(SessionKey of, Holder holder) {
        holders.computeIfPresent(of, (key, all) -> {
            all.remove(holder);
            return all.isEmpty() ? null : all;
        });
    }

    @Override
    public void save(
            SessionKey of, long generation, List<SessionEntry> changes, Executor loop, Consumer<Reply> answer) {
        var save = new Command.Session(of, generation, new SessionAction.Save(changes));
        owners.command(save, loop, (partition, logPosition, reply) -> answer.accept(reply));
    }

    @Override
    public void detach(SessionKey of, long generation, SessionAction.Detach detach, Holder holder) {
        forget(of, holder);
        detach(new Command.Session(of, generation, detach), TRIES);
    }

    private void detach(Command.Session command, int tries) {
        owners.command(command, Runnable::run, (partition, logPosition, reply) -> {
            if (!(reply instanceof Reply.Refused(Problem problem)) || !problem.retryable()) {
                return;
            }
            if (tries > 1) {
                delays.runLater(Runnable::run, AGAIN, () -> detach(command, tries - 1));
            } else {
                LOG.warnf("The owner of a session was not told that its client is gone: %s", problem.detail());
            }
        });
    }

    /** One that nobody here knows is of an attach whose answer came too late. */
    @Override
    public void sessionEnded(SessionKey of, long generation) {
        Set<Holder> all = holders.get(of);
        if (all == null) {
            detach(new Command.Session(of, generation, new SessionAction.Detach(List.of(), null, true, 0)), 1);
        } else {
            all.forEach(holder -> holder.ended(generation));
        }
    }

    @Override
    public void find(ChannelName channel, Position position, String subject, Executor loop, Consumer<Found> answer) {
        if (position.offset() < 1) {
            loop.execute(() -> answer.accept(new Found(null, true)));
            return;
        }
        Position before = new Position(position.epoch(), position.offset() - 1);
        var credit = new Read.Credit(1, Limits.PAGE_BYTES);
        owners.read(
                channel,
                new Read.Forward(channel, new Read.Start.After(before), credit, true),
                loop,
                (partition, logPosition, reply) -> answer.accept(found(reply, position, subject)));
    }

    private static Found found(Reply reply, Position position, String subject) {
        return switch (reply) {
            case Reply.Page page -> new Found(at(page, position, subject), true);
            case Reply.Refused(Problem problem) -> new Found(null, !problem.retryable());
            default -> new Found(null, true);
        };
    }

    private static @Nullable RealtimeMessage at(Reply.Page page, Position position, String subject) {
        for (PageItem item : page.items()) {
            if (item instanceof PageItem.Message(RealtimeMessage message)
                    && position.equals(message.position())
                    && message.privacy().mayReceive(subject)) {
                return message;
            }
        }
        return null;
    }
}
