package io.socle.realtime.launcher.suite;

/**
 * A TCP port that a service is going to listen on.
 *
 * @param service who wants it
 * @param host address it is bound to
 * @param number 1 to 65535
 */
public record Port(String service, String host, int number) {
    @Override
    public String toString() {
        return host + ":" + number;
    }
}
