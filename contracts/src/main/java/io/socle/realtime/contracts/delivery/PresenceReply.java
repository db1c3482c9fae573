package io.socle.realtime.contracts.delivery;

import io.socle.realtime.contracts.command.LeaveReason;
import io.socle.realtime.contracts.message.ChannelName;
import io.socle.realtime.contracts.message.MemberKind;
import io.socle.realtime.contracts.message.MemberPlace;
import io.socle.realtime.contracts.message.MemberProfile;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What an owner of presence answers. */
public sealed interface PresenceReply {
    /**
     * Entered or left.
     *
     * @param version of the channel, this change included
     */
    record Changed(long version) implements PresenceReply {}

    /**
     * A page of members, in order.
     *
     * @param counts whether the channel tells counts
     * @param count how many there are in all
     * @param next the place after which to go on; null at the end
     */
    record Members(
            long version,
            boolean counts,
            int count,
            List<Present> members,
            @Nullable MemberPlace next) implements PresenceReply {
        public Members {
            members = List.copyOf(members);
        }
    }

    /**
     * A member.
     *
     * @param version of its own last change
     * @param since when it entered
     */
    record Present(String subject, String entry, MemberProfile profile, long version, Instant since) {}

    /** Where a subject is, and where it was last, as far as one partition knows. */
    record Whereabouts(List<Place> present, List<Seen> seen) implements PresenceReply {
        public Whereabouts {
            present = List.copyOf(present);
            seen = List.copyOf(seen);
        }
    }

    /** One entry of a subject. */
    record Place(ChannelName channel, String entry) {}

    /** When a subject left a channel last. */
    record Seen(ChannelName channel, Instant left) {}

    /** Visits, latest first; those of members who are there have neither end nor reason. */
    record Visits(List<Visit> visits) implements PresenceReply {
        public Visits {
            visits = List.copyOf(visits);
        }
    }

    /** Who was there, from when to when. */
    record Visit(
            String subject,
            String entry,
            MemberKind kind,
            Instant entered,
            @Nullable Instant left,
            @Nullable LeaveReason reason) {}
}
