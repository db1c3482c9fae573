package io.socle.realtime.e2e.deletion;

import static org.assertj.core.api.Assertions.assertThat;

import io.socle.realtime.contracts.failure.FailureCode;
import io.socle.realtime.contracts.frame.ServerFrame;
import io.socle.realtime.contracts.message.Position;
import io.socle.realtime.e2e.client.HttpApi;
import io.socle.realtime.e2e.client.Subscriber;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;

/** Deletes over HTTP, and spells what readers see: 3 for a message {@code {"n":3}}, skipped, lost. */
record Deleting(HttpApi http, String channel) {
    String path() {
        return HttpApi.messages(channel).replaceAll("/messages$", "");
    }

    void message(Position position) {
        expect(204, http.delete(path() + "/messages/" + position));
    }

    void channelItself() {
        expect(204, http.delete(path()));
    }

    /** History from the beginning of an epoch. */
    List<String> history(Position any) {
        var page = http.get(path() + "/messages?since=" + new Position(any.epoch(), 0));
        expect(200, page);
        return items(page);
    }

    static List<String> items(HttpResponse<String> page) {
        List<String> items = new ArrayList<>();
        HttpApi.json(page.body())
                .get("items")
                .forEach(item -> items.add(
                        item.has("message")
                                ? item.get("message").get("data").get("n").asString()
                                : item.propertyNames().iterator().next()));
        return items;
    }

    static void expect(int status, HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    }

    static void expectProblem(HttpResponse<String> answer, int status, String code) {
        expect(status, answer);
        assertThat(HttpApi.field(answer.body(), "code")).isEqualTo(code);
    }

    /** What comes up to caught-up. */
    static List<String> untilCaughtUp(Subscriber subscriber) {
        List<String> seen = new ArrayList<>();
        for (ServerFrame frame = subscriber.next();
                !(frame instanceof ServerFrame.CaughtUp);
                frame = subscriber.next()) {
            seen.add(
                    switch (frame) {
                        case ServerFrame.Message message ->
                            HttpApi.json(message.message().data().utf8())
                                    .get("n")
                                    .asString();
                        case ServerFrame.Skipped skipped -> "skipped";
                        case ServerFrame.Lost lost -> "lost";
                        default -> String.valueOf(frame);
                    });
        }
        return seen;
    }

    static void expectDeleted(ServerFrame.Unsubscribed ended) {
        assertThat(ended.problem())
                .isNotNull()
                .satisfies(problem -> assertThat(problem.code()).isEqualTo(FailureCode.CHANNEL_DELETED));
    }
}
