package io.socle.realtime.contracts.command;

/**
 * Which session of an MQTT client: the same client identifier of another subject is another one.
 *
 * @param subject whose it is, as the token says
 * @param clientId the subject's name for the client
 */
public record SessionKey(String subject, String clientId) {}
