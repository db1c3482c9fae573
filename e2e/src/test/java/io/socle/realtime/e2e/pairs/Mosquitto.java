package io.socle.realtime.e2e.pairs;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** mosquitto_pub and mosquitto_sub of Debian's mosquitto-clients. */
final class Mosquitto {
    private Mosquitto() {}

    private static List<String> command(String name, String version, Place at, String... more) {
        List<String> command = new ArrayList<>(List.of(name, "-h", "127.0.0.1", "-p", Integer.toString(at.mqttPort())));
        command.addAll(List.of("-V", version, "-q", Integer.toString(at.qos()), "-t", at.channel()));
        command.addAll(List.of("-u", "device", "-P", at.token()));
        command.addAll(List.of(more));
        return command;
    }

    /** The version is {@code mqttv311} or {@code mqttv5}. */
    static Writer writer(String version, Place at) {
        return LineProcess.writer(command("mosquitto_pub", version, at, "-l"));
    }

    static Reader reader(String version, Place at) throws IOException {
        return LineProcess.reader(command("mosquitto_sub", version, at));
    }
}
