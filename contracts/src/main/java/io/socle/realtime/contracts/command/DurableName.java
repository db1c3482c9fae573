package io.socle.realtime.contracts.command;

import io.socle.realtime.contracts.message.ChannelName;

/**
 * Which durable subscription: names of different subjects, and on different channels, are apart.
 *
 * @param channel the one channel that it follows
 * @param subject whose it is, as the token says
 * @param name the subject's name for it
 */
public record DurableName(ChannelName channel, String subject, String name) {}
