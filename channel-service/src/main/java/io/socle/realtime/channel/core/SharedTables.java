package io.socle.realtime.channel.core;

/** What the core remembers of shared subscriptions; a group is named by {@code SharedName.value()}. */
public interface SharedTables {
    /** By the group's name. */
    Table.Sorted<String, SharedGroupState> groups();

    Table.Sorted<MemberKey, SharedMemberState> members();

    /** What is under way or waits to be; the place is the group's name and the publication's log position. */
    Table.Sorted<Keys.Place, SharedFlight> flights();

    /**
     * A member of a group.
     *
     * @param member {@code SharedMember.value()}
     */
    record MemberKey(String group, String member) {}
}
