package io.socle.realtime.contracts.signaling;

/**
 * What a peer is told of its room when it joins.
 *
 * @param peers most peers of the room
 * @param fullMesh up to how many peers each should connect to each
 * @param bound whether the channel of the room's name is its log of record
 */
public record RoomTerms(int peers, int fullMesh, boolean bound) {}
