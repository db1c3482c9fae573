package io.socle.realtime.launcher.client;

import com.fasterxml.jackson.core.io.JsonStringEncoder;

/** JSON written by hand, for the few small frames of a client. */
final class JsonText {
    private JsonText() {}

    static String quote(String text) {
        return '"' + new String(JsonStringEncoder.getInstance().quoteAsString(text)) + '"';
    }
}
