/** The pure core of a partition's owner: commands in, effects out; no clock, no randomness, no I/O. */
@NullMarked
package io.socle.realtime.channel.core;

import org.jspecify.annotations.NullMarked;
