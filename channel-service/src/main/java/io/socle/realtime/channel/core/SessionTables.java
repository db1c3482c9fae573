package io.socle.realtime.channel.core;

import io.socle.realtime.contracts.command.SessionKey;
import io.socle.realtime.contracts.message.Payload;

/** What the core remembers of the sessions of MQTT clients. */
public interface SessionTables {
    Table.Sorted<SessionKey, SessionState> states();

    /** What gateways had saved, by session. */
    Table.Sorted<Keys.SessionPart, Payload> entries();

    /** One entry for each session with something due. */
    Table.Sorted<Keys.SessionTimer, Tables.Mark> timers();

    /** One entry for each session that is attached, by gateway slot and its life. */
    Table.Sorted<Keys.SessionPlace, Tables.Mark> attached();

    /** Wills that are neither published nor taken back, by the generation of the attachment that left them. */
    Table.Sorted<Long, StoredWill> wills();

    /** Wills that were sent and are not known to be published, by the time when they are sent again. */
    Table.Sorted<Keys.Firing, Tables.Mark> firing();

    /** How many sessions there are. */
    Table.Cell<Long> count();
}
