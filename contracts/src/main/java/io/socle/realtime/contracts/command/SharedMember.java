package io.socle.realtime.contracts.command;

/**
 * Who takes part in a shared subscription: clients of different subjects are apart.
 *
 * @param subject whose client it is, as the token says
 * @param client the client's own name, such as an MQTT client identifier
 */
public record SharedMember(String subject, String client) {
    /** Both in one: no two members have the same, because the subject's length is told. */
    public String value() {
        return subject.length() + ":" + subject + client;
    }
}
