package io.socle.realtime.contracts.random;

import io.socle.realtime.contracts.message.ChannelFilter;
import io.socle.realtime.contracts.message.ChannelName;
import io.socle.realtime.contracts.message.MessageBuilder;
import io.socle.realtime.contracts.message.OfflinePolicy;
import io.socle.realtime.contracts.message.Payload;
import io.socle.realtime.contracts.message.Position;
import io.socle.realtime.contracts.message.Privacy;
import io.socle.realtime.contracts.message.ProducerSequence;
import io.socle.realtime.contracts.message.Qos;
import io.socle.realtime.contracts.message.RealtimeMessage;
import io.socle.realtime.contracts.message.TraceContext;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Random values of the messages package, the odd ones often. */
public final class RandomValues {
    private static final String[] CHARACTERS = {
        "a", "b", "Z", "0", "9", " ", "-", "_", ".", ":", ",", ";", "=", "\"", "\\", "'", "%", "&", "<", "é", "ß",
        "\u2028", "漢", "😀", "\uFFFD", "/", "+", "#", "$"
    };

    private final Random random;

    public RandomValues(long seed) {
        this.random = new Random(seed);
    }

    public Random random() {
        return random;
    }

    public boolean chance() {
        return random.nextBoolean();
    }

    public int upTo(int most) {
        return random.nextInt(most + 1);
    }

    @SafeVarargs
    public final <T> T of(T... values) {
        return values[random.nextInt(values.length)];
    }

    public <T> @Nullable T maybe(Supplier<T> value) {
        return chance() ? value.get() : null;
    }

    /** 1 to {@code most} characters. */
    public String text(int most) {
        return IntStream.rangeClosed(0, upTo(most / 2 - 1))
                .mapToObj(i -> of(CHARACTERS))
                .collect(Collectors.joining());
    }

    public ChannelName channel() {
        return new ChannelName(segments(() -> of("a", "b", "chat", "é", "😀", "", " ", "$x", "%2F", "a\"b")));
    }

    public ChannelFilter filter() {
        String body = segments(() -> of("a", "b", "+", "", "$x"));
        return new ChannelFilter(chance() ? body : of("#", body + "/#"));
    }

    private String segments(Supplier<String> segment) {
        String name =
                IntStream.rangeClosed(0, upTo(3)).mapToObj(i -> segment.get()).collect(Collectors.joining("/"));
        return name.isEmpty() ? "/" : name;
    }

    public Position position() {
        return new Position(of(0L, 1L, -1L, random.nextLong()), of(0L, 1L, Long.MAX_VALUE, random.nextLong() >>> 1));
    }

    /** With nanoseconds, within the years that RFC 3339 has. */
    public Instant time() {
        long second = of(0L, -1L, -62_167_219_200L, 253_402_300_799L, random.nextLong(0, 4_000_000_000L));
        return Instant.ofEpochSecond(second, of(0, 1, 999_999_999, 123_000_000, 123_456_000, upTo(999_999_999)));
    }

    /** 0 to 2^53-1. */
    public long id() {
        return of(0L, 1L, (1L << 53) - 1, random.nextLong() >>> 11);
    }

    public ProducerSequence producer() {
        return new ProducerSequence(text(20), id(), Math.max(1, id()));
    }

    public TraceContext trace() {
        String parent = "00-%016x%016x-%016x-0%d"
                .formatted(random.nextLong() | 1, random.nextLong(), random.nextLong() | 1, upTo(1));
        return new TraceContext(parent, maybe(() -> "v=" + upTo(99) + ",w=x"));
    }

    public Map<String, String> headers() {
        Map<String, String> headers = new TreeMap<>();
        for (int i = upTo(3); i > 0; i--) {
            headers.put(of(text(10), "data", "ce-comexampleextension", "type"), chance() ? text(20) : "");
        }
        return headers;
    }

    public Privacy privacy() {
        List<String> receivers = new ArrayList<>();
        for (int i = upTo(3); i > 0; i--) {
            receivers.add(text(20));
        }
        return new Privacy(receivers, chance(), of(Privacy.Audit.values()), maybe(() -> text(20)));
    }

    public OfflinePolicy offline() {
        Duration timeToLive = maybe(() -> Duration.ofMillis(of(1L, (1L << 53) - 1, random.nextLong(1, 1_000_000))));
        return chance()
                ? new OfflinePolicy(OfflinePolicy.Mode.LATEST, timeToLive, text(20))
                : new OfflinePolicy(
                        of(OfflinePolicy.Mode.QUEUE, OfflinePolicy.Mode.DROP), timeToLive, maybe(() -> text(20)));
    }

    /** A JSON text with blanks and repeated keys. */
    public String json(int depth) {
        String blank = of("", "", " ", "\n", "\r\n\t");
        String value = switch (upTo(depth > 0 ? 7 : 5)) {
            case 0 -> "null";
            case 1 -> of("true", "false");
            case 2 -> of("0", "-1.5e10", "12345678901234567890123", String.valueOf(random.nextInt()));
            case 3, 4 -> of("\"\"", "\"a\\n\\u00e9\"", "\"é😀\"", "\"\\\"\\\\\"");
            case 5 -> of("[]", "{}");
            case 6 -> "[" + json(depth - 1) + "," + json(depth - 1) + "]";
            default -> "{\"a\":" + json(depth - 1) + ",\"" + of("a", "data") + "\":" + json(depth - 1) + "}";
        };
        return blank + value + blank;
    }

    public byte[] bytes(int most) {
        byte[] bytes = new byte[upTo(most)];
        random.nextBytes(bytes);
        return bytes;
    }

    /** Any message. */
    public RealtimeMessage message() {
        MessageBuilder message = RealtimeMessage.builder(text(40), channel())
                .source(maybe(() -> text(40)))
                .type(maybe(() -> text(40)))
                .qos(of(Qos.values()))
                .retain(chance())
                .timestamp(maybe(this::time))
                .expiry(maybe(this::time))
                .correlationId(maybe(() -> text(20)))
                .replyTo(maybe(this::channel))
                .position(maybe(this::position))
                .trace(maybe(this::trace))
                .headers(headers())
                .privacy(chance() ? Privacy.PUBLIC : privacy())
                .offline(chance() ? OfflinePolicy.QUEUE : offline());
        data(message);
        return message.build();
    }

    private void data(MessageBuilder message) {
        switch (upTo(5)) {
            case 0 -> message.contentType(maybe(() -> of("application/json", "text/plain", "image/png")));
            case 1, 2 -> message.json(json(3).strip());
            case 3 ->
                message.contentType(of("text/plain", "TEXT/html; charset=utf-8"))
                        .data(Payload.utf8(text(60)));
            case 4 -> message.contentType(of("text/plain", "application/xml")).data(Payload.of(bytes(40)));
            default ->
                message.contentType(of("application/octet-stream", "application/vnd.x+json"))
                        .data(Payload.of(bytes(300)));
        }
    }
}
