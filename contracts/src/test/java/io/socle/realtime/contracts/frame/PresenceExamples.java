package io.socle.realtime.contracts.frame;

import io.socle.realtime.contracts.delivery.PresenceReply;
import io.socle.realtime.contracts.message.ChannelName;
import io.socle.realtime.contracts.message.MemberKind;
import io.socle.realtime.contracts.message.MemberPlace;
import io.socle.realtime.contracts.message.MemberProfile;
import io.socle.realtime.contracts.message.Payload;
import io.socle.realtime.contracts.message.Skill;
import io.socle.realtime.contracts.random.RandomValues;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Frames of presence, as examples and at random. */
final class PresenceExamples {
    private static final ChannelName CHANNEL = GoldenFrames.CHANNEL;
    private static final MemberPlace PLACE = new MemberPlace("alice", "laptop");
    private static final MemberProfile AGENT = new MemberProfile(
            MemberKind.AGENT,
            Payload.utf8("{\"busy\": false}"),
            List.of(new Skill("translate", "urn:example:translate"), new Skill("draw", null)));
    private static final MemberProfile PLAIN = new MemberProfile(MemberKind.HUMAN, MemberProfile.NO_STATE, List.of());

    private PresenceExamples() {}

    static Map<String, ClientFrame> client() {
        Map<String, PresenceAsk> asks = new LinkedHashMap<>();
        asks.put("enter", new PresenceAsk.Enter(9, CHANNEL, "laptop", AGENT));
        asks.put("enter-plain", new PresenceAsk.Enter(9, CHANNEL, null, PLAIN));
        asks.put("leave", new PresenceAsk.Leave(9, CHANNEL, "laptop"));
        asks.put("members", new PresenceAsk.Members(9, CHANNEL, PLACE, 500, "translate", MemberKind.AGENT));
        asks.put("watch", new PresenceAsk.Watch(9, "people", CHANNEL));
        asks.put("where", new PresenceAsk.Where(9, "alice"));
        Map<String, ClientFrame> frames = new LinkedHashMap<>();
        asks.forEach((name, ask) -> frames.put(name, new ClientFrame.OfPresence(ask)));
        return frames;
    }

    static Map<String, ServerFrame> server() {
        var members = List.of(
                new PresenceReply.Present("alice", "laptop", AGENT, 1_767_268_800_000_001L, GoldenFrames.TIME),
                new PresenceReply.Present("bob", "phone", PLAIN, 1_767_268_800_000_002L, GoldenFrames.TIME));
        var page =
                new PresenceReply.Members(1_767_268_800_000_002L, false, 3, members, new MemberPlace("bob", "phone"));
        var empty = new PresenceReply.Members(1_767_268_800_000_000L, true, 0, List.of(), null);
        Map<String, PresenceTold> told = new LinkedHashMap<>();
        told.put("entered", new PresenceTold.Entered(9, CHANNEL, "laptop", 1_767_268_800_000_001L));
        told.put("left", new PresenceTold.Left(9, CHANNEL, "laptop", 1_767_268_800_000_003L));
        told.put("members", new PresenceTold.Members(9, null, CHANNEL, page));
        told.put("members-watched", new PresenceTold.Members(9, "people", CHANNEL, empty));
        var places = List.of(new PresenceReply.Place(CHANNEL, "laptop"), new PresenceReply.Place(CHANNEL, "phone"));
        told.put("whereabouts", new PresenceTold.Whereabouts(9, "alice", places, GoldenFrames.TIME));
        Map<String, ServerFrame> frames = new LinkedHashMap<>();
        told.forEach((name, one) -> frames.put(name, new ServerFrame.OfPresence(one)));
        return frames;
    }

    static ClientFrame client(RandomValues values) {
        return new ClientFrame.OfPresence(
                switch (values.upTo(4)) {
                    case 0 ->
                        new PresenceAsk.Enter(
                                values.id(), values.channel(), values.maybe(() -> values.text(40)), profile(values));
                    case 1 -> new PresenceAsk.Leave(values.id(), values.channel(), values.maybe(() -> values.text(40)));
                    case 2 ->
                        new PresenceAsk.Members(
                                values.id(),
                                values.channel(),
                                values.maybe(() -> place(values)),
                                1 + values.upTo(499),
                                values.maybe(() -> values.text(20)),
                                values.maybe(() -> values.of(MemberKind.values())));
                    case 3 -> new PresenceAsk.Watch(values.id(), values.text(20), values.channel());
                    default -> new PresenceAsk.Where(values.id(), values.text(20));
                });
    }

    static ServerFrame server(RandomValues values) {
        return new ServerFrame.OfPresence(
                switch (values.upTo(3)) {
                    case 0 -> new PresenceTold.Entered(values.id(), values.channel(), values.text(20), values.id());
                    case 1 -> new PresenceTold.Left(values.id(), values.channel(), values.text(20), values.id());
                    case 2 ->
                        new PresenceTold.Members(
                                values.id(), values.maybe(() -> values.text(20)), values.channel(), page(values));
                    default ->
                        new PresenceTold.Whereabouts(
                                values.id(), values.text(20), places(values), values.maybe(values::time));
                });
    }

    private static MemberPlace place(RandomValues values) {
        return new MemberPlace(values.text(20), values.text(20));
    }

    private static MemberProfile profile(RandomValues values) {
        return new MemberProfile(
                values.of(MemberKind.values()),
                Payload.utf8(values.of("null", "1", "{\"a\": [1, null]}", "\"é\"")),
                some(values, () -> new Skill(values.text(20), values.maybe(() -> values.text(20)))));
    }

    private static PresenceReply.Members page(RandomValues values) {
        Supplier<PresenceReply.Present> member = () -> {
            Instant since = values.time();
            return new PresenceReply.Present(values.text(20), values.text(20), profile(values), values.id(), since);
        };
        return new PresenceReply.Members(
                values.id(), values.chance(), values.upTo(99), some(values, member), values.maybe(() -> place(values)));
    }

    /** In the order of channels, as the frame has them. */
    private static List<PresenceReply.Place> places(RandomValues values) {
        List<PresenceReply.Place> places =
                new ArrayList<>(some(values, () -> new PresenceReply.Place(values.channel(), values.text(20))));
        places.sort(Comparator.comparing(PresenceReply.Place::channel));
        return places;
    }

    private static <T> List<T> some(RandomValues values, Supplier<T> item) {
        List<T> items = new ArrayList<>();
        for (int i = values.upTo(3); i > 0; i--) {
            items.add(item.get());
        }
        return items;
    }
}
