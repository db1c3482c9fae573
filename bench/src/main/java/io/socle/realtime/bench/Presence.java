package io.socle.realtime.bench;

import io.socle.realtime.contracts.command.LeaveReason;
import io.socle.realtime.contracts.command.Origin;
import io.socle.realtime.contracts.command.PresenceCommand;
import io.socle.realtime.contracts.command.PresencePolicies;
import io.socle.realtime.contracts.log.LogTopics;
import io.socle.realtime.contracts.message.ChannelName;
import io.socle.realtime.contracts.message.MemberKey;
import io.socle.realtime.contracts.message.MemberKind;
import io.socle.realtime.contracts.message.MemberProfile;
import io.socle.realtime.contracts.message.Payload;
import io.socle.realtime.presence.stream.PresenceDecider;
import io.socle.realtime.shell.owner.Cause;
import io.socle.realtime.shell.owner.Outcome;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.rocksdb.RocksDBException;

/**
 * What it costs an owner that a member enters, by how many there are: the core with its codecs on a store on disk, without the
 * log and without the record cache of Streams.
 */
public final class Presence {
    private static final int CHANNELS = 100_000;
    private static final int BLOCK = 10_000;
    private static final MemberProfile PROFILE =
            new MemberProfile(MemberKind.HUMAN, Payload.utf8("{\"mood\":\"well\",\"typing\":false}"), List.of());
    private static final Origin NODE = new Origin(1, 5, 7);
    /** By the time of its CPU: the machine may be shared. */
    private static final ThreadMXBean CPU = ManagementFactory.getThreadMXBean();

    private final PresenceDecider owner;
    private long offset;
    private long now = 1_764_000_000_000L;
    private long told;
    private long bytes;

    private Presence(RocksStore store, int countsAbove) {
        var policies = new PresencePolicies(
                Map.of(), Duration.ofSeconds(15), 1_000_000, countsAbove, 1000, Duration.ofDays(1));
        this.owner = new PresenceDecider(store, policies, new LogTopics(LogTopics.DEFAULT_PREFIX));
        apply(new PresenceCommand.SetPolicies(policies));
    }

    /** Prints tables for the documentation. */
    public static void main(String[] arguments) throws Exception {
        Path folder = Files.createTempDirectory("presence-bench");
        System.out.println(
                "| members on 100,000 channels | CPU us for each that enters | entries of the store for each |");
        System.out.println("|---|---|---|");
        manyChannels(folder.resolve("many"));
        System.out.println();
        System.out.println(
                "| members of one channel | told | CPU us for each that enters and leaves | entries of the store for each | messages for each | bytes told for each |");
        System.out.println("|---|---|---|---|---|---|");
        for (int countsAbove : new int[] {1_000_000, 200}) {
            for (int members : new int[] {10, 100, 1_000, 10_000}) {
                oneChannel(folder.resolve("one-" + countsAbove + "-" + members), countsAbove, members);
            }
        }
    }

    private static void manyChannels(Path folder) throws RocksDBException {
        try (var store = new RocksStore(folder)) {
            var bench = new Presence(store, 200);
            int entered = 0;
            for (int size : new int[] {BLOCK, 2 * BLOCK, 100_000, 300_000, 1_000_000}) {
                while (entered < size - BLOCK) {
                    bench.enter(key(entered++));
                }
                long begun = CPU.getCurrentThreadCpuTime();
                long operations = store.operations();
                while (entered < size) {
                    bench.enter(key(entered++));
                }
                // The first block is the JVM's.
                if (size > BLOCK) {
                    System.out.printf(
                            "| %,d | %.1f | %.1f |%n",
                            size,
                            (CPU.getCurrentThreadCpuTime() - begun) / 1e3 / BLOCK,
                            (store.operations() - operations) / (double) BLOCK);
                }
            }
        }
    }

    /** Each channel has ten of them in the end, and they enter mixed. */
    private static MemberKey key(int number) {
        return new MemberKey(new ChannelName("room/" + number % CHANNELS), "subject-" + number, "phone");
    }

    /** Fifty enter and leave each second, for a minute of the log's time. */
    private static void oneChannel(Path folder, int countsAbove, int members) throws RocksDBException {
        try (var store = new RocksStore(folder)) {
            var bench = new Presence(store, countsAbove);
            var room = new ChannelName("room/1");
            for (int i = 0; i < members; i++) {
                bench.enter(new MemberKey(room, "subject-" + i, "phone"));
            }
            bench.comeAndGo(room, 60);
            bench.told = 0;
            bench.bytes = 0;
            int seconds = 60;
            long begun = CPU.getCurrentThreadCpuTime();
            long operations = store.operations();
            bench.comeAndGo(room, seconds);
            double count = 50.0 * seconds;
            System.out.printf(
                    "| %,d | %s | %.1f | %.1f | %.2f | %.0f |%n",
                    members,
                    members > countsAbove ? "counts" : "events",
                    (CPU.getCurrentThreadCpuTime() - begun) / 1e3 / count,
                    (store.operations() - operations) / count,
                    bench.told / count,
                    bench.bytes / count);
        }
    }

    private void comeAndGo(ChannelName room, int seconds) {
        for (int second = 0; second < seconds; second++) {
            for (int i = 0; i < 50; i++) {
                var key = new MemberKey(room, "guest-" + i, "phone");
                enter(key);
                apply(new PresenceCommand.Leave(key, 1, LeaveReason.LEFT));
                now += 20;
            }
            if (!owner.onTime(now).isEmpty()) {
                apply(new PresenceCommand.Tick());
            }
        }
    }

    private void enter(MemberKey key) {
        apply(new PresenceCommand.Enter(key, PROFILE, 1, 0));
    }

    private void apply(PresenceCommand command) {
        for (Outcome outcome : owner.decide(new Cause(0, offset++, now), NODE, command)) {
            if (outcome instanceof Outcome.Command message) {
                told++;
                bytes += message.value().length;
            }
        }
    }
}
