package io.socle.realtime.gateway.transport.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Random conversations, made of the corpus. One with a new outcome becomes the material of others, so that runs get further
 * than single changes do. With {@code -Dfuzz.keep=true} such ones are added to the corpus; {@code -Dfuzz.runs} is how many
 * are made for each seed.
 */
class PacketFuzzTest {
    private static final int RUNS = Integer.getInteger("fuzz.runs", 20_000);
    private static final int LONGEST_KEPT = 12;
    private static final int OUTCOMES = 80;

    private static RandomGenerator random(long seed) {
        return RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    }

    /** The end of a conversation tells the most, and what came before only whether it was reached. */
    private static String signature(List<String> outcomes) {
        return outcomes.isEmpty() ? "nothing" : "packet " + Math.min(outcomes.size(), 3) + ": " + outcomes.getLast();
    }

    @Test
    void every_conversation_of_the_corpus_is_read_or_refused_whatever_the_pieces_it_comes_in() { // MQT-60
        for (List<byte[]> conversation : Corpus.conversations()) {
            List<String> outcomes = ReadOnly.outcomes(conversation, random(1));
            assertThat(ReadOnly.outcomes(conversation, random(2)))
                    .isEqualTo(outcomes)
                    .isNotEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void whatever_comes_is_read_or_refused_with_a_reason_and_nothing_else_happens(long seed) { // MQT-60
        RandomGenerator random = random(seed);
        var mutations = new Mutations(random);
        List<List<byte[]>> material = new ArrayList<>(Corpus.conversations());
        Set<String> known = new HashSet<>();
        material.forEach(conversation -> known.add(signature(ReadOnly.outcomes(conversation, random))));
        for (int run = 0; run < RUNS; run++) {
            List<byte[]> made = mutations.of(any(material, random), any(material, random));
            List<String> outcomes = ReadOnly.outcomes(made, random);
            if (known.add(signature(outcomes)) && made.size() <= LONGEST_KEPT) {
                material.add(made);
                keep(outcomes, made);
            }
        }
        // Each refusal that the standard asks for is one, and so is each kind of packet.
        assertThat(known).as("seed %d", seed).hasSizeGreaterThan(OUTCOMES);
    }

    private static List<byte[]> any(List<List<byte[]>> material, RandomGenerator random) {
        return material.get(random.nextInt(material.size()));
    }

    private static void keep(List<String> outcomes, List<byte[]> made) {
        if (Boolean.getBoolean("fuzz.keep") && !outcomes.isEmpty()) {
            Corpus.keep(signature(outcomes), made);
        }
    }
}
