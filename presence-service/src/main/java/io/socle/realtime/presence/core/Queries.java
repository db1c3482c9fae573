package io.socle.realtime.presence.core;

import io.socle.realtime.contracts.command.PresenceCommand;
import io.socle.realtime.contracts.command.PresencePolicies;
import io.socle.realtime.contracts.delivery.PresenceReply;
import io.socle.realtime.contracts.message.ChannelName;
import io.socle.realtime.contracts.message.Limits;
import io.socle.realtime.contracts.message.MemberKey;
import io.socle.realtime.contracts.message.MemberPlace;
import io.socle.realtime.contracts.message.Skill;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Answers who is here, who was, and where somebody is; changes nothing, and looks at a bounded number of entries. */
final class Queries {
    /** Most members that one question looks at. */
    private static final int LOOKED_AT = 5000;
    /** What a member takes in JSON besides the texts of its own. */
    private static final int MEMBER_BYTES = 192;
    /** What a skill takes besides its texts. */
    private static final int SKILL_BYTES = 32;
    /** Most places of a subject in one partition. */
    private static final int PLACES = 1000;
    /** Most visits of one answer. */
    private static final int VISITS = 500;

    private static final ChannelName FIRST = new ChannelName(Keys.LOWEST);

    private final Tables tables;
    private final Channels channels;

    Queries(Tables tables, Channels channels) {
        this.tables = tables;
        this.channels = channels;
    }

    PresenceReply members(PresenceCommand.Members asked, long now) {
        ChannelState channel = channels.get(asked.channel(), now);
        var page = new Page(asked);
        MemberPlace after = asked.after();
        MemberKey from = after == null
                ? Keys.lowest(asked.channel())
                : new MemberKey(asked.channel(), after.subject(), after.entry());
        tables.members().tail(from, page::visit);
        return new PresenceReply.Members(
                channel.version(), channel.counts(), channel.members(), page.found, page.next());
    }

    /** A page that is being filled. */
    private static final class Page {
        private final PresenceCommand.Members asked;
        private final List<PresenceReply.Present> found = new ArrayList<>();
        private int looked;
        private int bytes;
        private boolean more;
        private @Nullable MemberPlace last;

        Page(PresenceCommand.Members asked) {
            this.asked = asked;
        }

        boolean visit(MemberKey key, MemberState member) {
            var place = new MemberPlace(key.subject(), key.entry());
            if (!key.channel().equals(asked.channel())) {
                return false;
            }
            if (place.equals(asked.after())) {
                return true;
            }
            int size = isWanted(member) ? sizeOf(key, member) : 0;
            if (found.size() >= asked.limit() || looked >= LOOKED_AT || bytes + size > Limits.PAGE_BYTES) {
                more = true;
                return false;
            }
            looked++;
            last = place;
            if (size > 0) {
                bytes += size;
                found.add(new PresenceReply.Present(
                        key.subject(),
                        key.entry(),
                        member.profile(),
                        member.version(),
                        Instant.ofEpochMilli(member.entered())));
            }
            return true;
        }

        private boolean isWanted(MemberState member) {
            return (asked.skill() == null || member.profile().hasSkill(asked.skill()))
                    && (asked.kind() == null || member.profile().kind() == asked.kind());
        }

        private static int sizeOf(MemberKey key, MemberState member) {
            int size = MEMBER_BYTES + sizeOf(key.subject()) + sizeOf(key.entry());
            size += member.profile().state().size();
            for (Skill skill : member.profile().skills()) {
                size += SKILL_BYTES + sizeOf(skill.tag()) + (skill.schema() == null ? 0 : sizeOf(skill.schema()));
            }
            return size;
        }

        private static int sizeOf(String text) {
            return text.getBytes(StandardCharsets.UTF_8).length;
        }

        @Nullable
        MemberPlace next() {
            return more ? last : null;
        }
    }

    PresenceReply where(String subject) {
        List<PresenceReply.Place> present = new ArrayList<>();
        var lowest = new Keys.OfSubject(subject, FIRST, Keys.LOWEST);
        tables.bySubject().tail(lowest, (key, any) -> {
            boolean ours = key.subject().equals(subject) && present.size() < PLACES;
            if (ours) {
                present.add(new PresenceReply.Place(key.channel(), key.entry()));
            }
            return ours;
        });
        List<PresenceReply.Seen> seen = new ArrayList<>();
        tables.seen().tail(new Keys.Seen(subject, FIRST), (key, left) -> {
            boolean ours = key.subject().equals(subject) && seen.size() < PLACES;
            if (ours) {
                seen.add(new PresenceReply.Seen(key.channel(), Instant.ofEpochMilli(left)));
            }
            return ours;
        });
        return new PresenceReply.Whereabouts(present, seen);
    }

    PresenceReply visits(PresenceCommand.Visits asked, long now, PresencePolicies policies) {
        List<PresenceReply.Visit> found = new ArrayList<>(present(asked));
        ChannelState channel = channels.get(asked.channel(), now);
        long oldest = Math.max(asked.fromMs(), now - policies.visitsAge().toMillis());
        for (long number = channel.lastVisit(); number >= channel.firstVisit() && found.size() < VISITS; number--) {
            PresenceReply.Visit visit = tables.visits().get(new Keys.VisitNumber(asked.channel(), number));
            if (visit == null || visit.left() == null || visit.left().toEpochMilli() < oldest) {
                break;
            }
            if (visit.entered().toEpochMilli() <= asked.toMs()) {
                found.add(visit);
            }
        }
        return new PresenceReply.Visits(found);
    }

    private List<PresenceReply.Visit> present(PresenceCommand.Visits asked) {
        List<PresenceReply.Visit> found = new ArrayList<>();
        tables.members().tail(Keys.lowest(asked.channel()), (key, member) -> {
            boolean ours = key.channel().equals(asked.channel());
            if (ours && member.entered() <= asked.toMs()) {
                found.add(new PresenceReply.Visit(
                        key.subject(),
                        key.entry(),
                        member.profile().kind(),
                        Instant.ofEpochMilli(member.entered()),
                        null,
                        null));
            }
            return ours && found.size() < VISITS;
        });
        return found;
    }
}
