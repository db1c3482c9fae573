package io.socle.realtime.channel.core;

import io.socle.realtime.contracts.message.Position;

/** The first publication of a message id: its offset in the partition and its place in the channel. */
public record Remembered(long logPosition, Position position) {}
