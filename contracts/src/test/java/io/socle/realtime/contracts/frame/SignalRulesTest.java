package io.socle.realtime.contracts.frame;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.socle.realtime.contracts.failure.FailureCode;
import io.socle.realtime.contracts.failure.Problem;
import io.socle.realtime.contracts.signaling.Signal;
import io.socle.realtime.contracts.signaling.SignalingLimits;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a peer may say, by its form alone; limits at both sides. */
class SignalRulesTest {
    private static final String HEAD = "v=0\\r\\no=- 1 2 IN IP4 127.0.0.1\\r\\ns=-\\r\\nt=0 0\\r\\n";
    private static final int HEAD_CHARACTERS =
            HEAD.length() - HEAD.replace("\\", "").length();
    private static final String GOOD = "candidate:1 1 udp 1 192.0.2.1 9 typ host";

    private static ClientFrame.InRoom parse(String signal) {
        String frame = "{\"type\":\"signal\",\"room\":\"a\",\"to\":\"1\",\"signal\":" + signal + "}";
        return (ClientFrame.InRoom) ClientFrameParser.parse(frame.getBytes(UTF_8));
    }

    private static void assertGood(String signal) {
        assertThat(Refusals.problem(() -> parse(signal))).isNull();
    }

    private static Problem refused(String signal) {
        Problem problem = Refusals.problem(() -> parse(signal));
        assertThat(problem).as(signal).isNotNull();
        assertThat(Objects.requireNonNull(problem).detail()).doesNotContain("192.0.2.1", "SECRET");
        return problem;
    }

    private static String offer(String sdp) {
        return "{\"type\":\"offer\",\"sdp\":\"" + sdp + "\"}";
    }

    private static String candidate(String text) {
        return "{\"type\":\"candidate\",\"candidate\":{\"candidate\":\"" + text + "\"}}";
    }

    @Test
    void a_description_has_its_limits() { // SIG-41
        int rest = SignalingLimits.SDP_CHARACTERS - (HEAD.length() - HEAD_CHARACTERS);
        String line = "a=" + "x".repeat(998);
        String full = (line + "\\n").repeat(rest / 1001) + "a=" + "x".repeat(rest % 1001 - 2);
        assertGood(offer(HEAD + full));
        assertThat(refused(offer(HEAD + full + "x")).code()).isEqualTo(FailureCode.INVALID_VALUE);
        String longest = "a=" + "x".repeat(SignalingLimits.SDP_LINE_CHARACTERS - 2);
        assertGood(offer(HEAD + longest));
        refused(offer(HEAD + longest + "x"));
        String media = "m=audio 9 RTP/AVP 0\\r\\n".repeat(SignalingLimits.SDP_MEDIA);
        assertGood(offer(HEAD + media));
        refused(offer(HEAD + media + "m=audio 9 RTP/AVP 0\\r\\n"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "SECRET",
                "o=- 1 2 IN IP4 127.0.0.1\\r\\nv=0\\r\\ns=-\\r\\nt=0 0\\r\\n",
                "v=0\\r\\no=-\\r\\ns=-\\r\\na=x\\r\\n",
                "v=0\\r\\no=-\\r\\nt=0 0\\r\\na=x\\r\\n",
                "v=0\\r\\no=-\\r\\ns=-\\r\\nt=0 0\\r\\nSECRET",
                "v=0\\r\\no=-\\r\\ns=-\\r\\nt=0 0\\r\\na=\\u0000\\r\\n",
                "v=0\\r\\no=-\\r\\ns=-\\r\\nt=0 0\\r\\na=\\ud800\\r\\n",
                "v=0\\r\\no=-\\r\\ns=-\\r\\nt=0 0\\r\\na=candidate:SECRET\\r\\n",
                "v=0\\r\\no=-\\r\\ns=-\\r\\nt=0 0\\r\\n\\r\\na=x"
            })
    void what_is_no_description_is_refused_and_not_quoted(String sdp) { // SIG-41, SIG-42
        assertThat(refused(offer(sdp)).code()).isEqualTo(FailureCode.INVALID_VALUE);
    }

    @Test
    void a_candidate_has_its_limits() { // SIG-41
        String longest = GOOD + " " + "x".repeat(SignalingLimits.CANDIDATE_CHARACTERS - GOOD.length() - 1);
        assertGood(candidate(longest));
        refused(candidate(longest + "x"));
        assertThat(parse(candidate("")).frame())
                .isInstanceOfSatisfying(
                        RoomFrame.Say.class,
                        say -> assertThat(say.signal()).isEqualTo(new Signal.EndOfCandidates(null)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SECRET",
                "candidate:1 1 udp 1 192.0.2.1 9 typ",
                "candidate:1 1 udp 1 192.0.2.1 9 typ other",
                "candidate:1 0 udp 1 192.0.2.1 9 typ host",
                "candidate:1 257 udp 1 192.0.2.1 9 typ host",
                "candidate:1 1 udp 4294967296 192.0.2.1 9 typ host",
                "candidate:1 1 udp 1 192.0.2.1 65536 typ host",
                "candidate:1 1 udp 1 192.0.2.1 -1 typ host",
                "candidate: 1 udp 1 192.0.2.1 9 typ host",
                "candidate:1 1 udp 1 192.0.2.1 9 typ host\\u0001",
                "candidate:1 1 udp 1 192.0.2.é 9 typ host"
            })
    void what_is_no_candidate_is_refused_and_not_quoted(String text) { // SIG-41, SIG-42
        assertThat(refused(candidate(text)).code()).isEqualTo(FailureCode.INVALID_VALUE);
    }

    @Test
    void nobody_says_who_it_is_or_gives_a_number() { // SIG-3, SIG-21
        String spoofed =
                "{\"type\":\"signal\",\"room\":\"a\",\"to\":\"1\",\"from\":\"2\",\"signal\":{\"type\":\"restart\"}}";
        assertThat(Refusals.code(() -> ClientFrameParser.parse(spoofed.getBytes(UTF_8))))
                .isEqualTo(FailureCode.UNKNOWN_FIELD);
        assertThat(refused("{\"type\":\"rollback\",\"negotiation\":1}").code()).isEqualTo(FailureCode.UNKNOWN_FIELD);
        assertThat(refused("{\"type\":\"answer\",\"sdp\":\"" + HEAD + "\"}").code())
                .isEqualTo(FailureCode.MISSING_FIELD);
        assertThat(refused("{\"type\":\"other\"}").code()).isEqualTo(FailureCode.INVALID_VALUE);
    }

    @Test
    void nothing_that_is_said_shows_in_a_text() { // SIG-42
        ClientFrame frame = parse(offer(HEAD + "a=SECRET"));
        assertThat(frame.toString()).contains("Offer").doesNotContain("SECRET");
        assertThat(parse(candidate(GOOD)).toString()).contains("Candidate").doesNotContain("192.0.2.1");
        assertThat(new RoomFrame.Resume(1, "SECRET", 2).toString()).doesNotContain("SECRET");
        assertThat(GoldenRoomFrames.server().get("joined"))
                .hasToString(
                        "Joined[calls/1, 42, 0, [PeerInfo[peer=31, subject=bob, polite=false, metadata=Metadata[json={\"name\": \"Al\", \"muted\": false}]]]]");
    }

    @Test
    void metadata_is_an_object_of_a_size() { // SIG-7
        String most = "{\"a\":\"" + "x".repeat(SignalingLimits.METADATA_BYTES - 8) + "\"}";
        assertThat(update(most)).isNull();
        assertThat(update(most.replace("\":\"", "\":\"x"))).isEqualTo(FailureCode.INVALID_VALUE);
        assertThat(update("[]")).isEqualTo(FailureCode.INVALID_VALUE);
        assertThat(update("null")).isEqualTo(FailureCode.INVALID_VALUE);
    }

    private static @Nullable FailureCode update(String metadata) {
        String frame = "{\"type\":\"update_peer\",\"id\":1,\"room\":\"a\",\"metadata\":" + metadata + "}";
        return Refusals.code(() -> ClientFrameParser.parse(frame.getBytes(UTF_8)));
    }

    @Test
    void a_call_has_its_limits() { // SIG-50
        assertThat(ring("[\"bob\"]", "1000")).isNull();
        assertThat(ring("[\"bob\"]", "120000")).isNull();
        assertThat(ring("[\"bob\"]", "999")).isEqualTo(FailureCode.INVALID_VALUE);
        assertThat(ring("[\"bob\"]", "120001")).isEqualTo(FailureCode.INVALID_VALUE);
        assertThat(ring("[]", "1000")).isEqualTo(FailureCode.INVALID_VALUE);
        assertThat(ring("[\"bob\",\"bob\"]", "1000")).isEqualTo(FailureCode.INVALID_VALUE);
        assertThat(ring("[\"b#b\"]", "1000")).isEqualTo(FailureCode.INVALID_VALUE);
        assertThat(ring(callees(SignalingLimits.CALLEES), "1000")).isNull();
        assertThat(ring(callees(SignalingLimits.CALLEES + 1), "1000")).isEqualTo(FailureCode.INVALID_VALUE);
    }

    private static String callees(int count) {
        StringBuilder callees = new StringBuilder("[\"c0\"");
        for (int i = 1; i < count; i++) {
            callees.append(",\"c").append(i).append('"');
        }
        return callees.append(']').toString();
    }

    private static @Nullable FailureCode ring(String callees, String timeout) {
        String frame = "{\"type\":\"ring\",\"id\":1,\"room\":\"a\",\"callees\":%s,\"timeoutMs\":%s}"
                .formatted(callees, timeout);
        return Refusals.code(() -> ClientFrameParser.parse(frame.getBytes(UTF_8)));
    }
}
