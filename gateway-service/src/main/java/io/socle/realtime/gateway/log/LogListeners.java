package io.socle.realtime.gateway.log;

/**
 * Who is told of what comes from the log.
 *
 * @param sink of publications, answers and their loss
 * @param interest of what this node watches
 * @param rooms of what peers are told
 * @param loss of this node's slot
 */
public record LogListeners(
        DeliverySink sink, InterestSink interest, SessionSink sessions, RoomSink rooms, SlotLoss loss) {
    /** Deliveries were lost. */
    void resync() {
        sink.resync();
        interest.interestLost();
        rooms.interrupted();
    }
}
