package io.socle.realtime.e2e.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The tables of the MQTT standards' statements: nothing is missing, and what they name is there. */
class ConformanceTest {
    private static final Pattern CLASS_OR_METHOD = Pattern.compile("`([A-Z]\\w*(?:Test|IT))(?:\\.(\\w+))?`");
    private static final Pattern CASE = Pattern.compile("\\*([^*]+)\\*");
    private static final Pattern STATEMENT = Pattern.compile("MQTT-\\d+(?:\\.\\d+)+-\\d+");
    private static final String CASES = "MalformedPacketsIT";

    private final Map<String, String> sources = testSources();

    /** A row of a table: which statements it is about, its tests, and the result. */
    private record Row(String statement, String tests, String result) {}

    private static Map<String, String> testSources() {
        return Project.sources().stream()
                .filter(file -> file.toString().contains("/src/test/"))
                .filter(file -> !file.endsWith("package-info.java"))
                .filter(file -> file.toString().matches(".*(Test|IT)\\.java"))
                .collect(Collectors.toMap(ConformanceTest::className, Project::read, (one, other) -> one + other));
    }

    private static String className(Path file) {
        return file.getFileName().toString().replace(".java", "");
    }

    private static String page(String name) {
        return Project.read(Project.root().resolve("docs/protocol").resolve(name));
    }

    private static List<Row> rows(String page) {
        return page.lines()
                .filter(line -> line.startsWith("| ") && !line.startsWith("| statement"))
                .map(line -> Arrays.stream(line.split("\\|")).map(String::strip).toList())
                .filter(cells -> cells.size() == 5)
                .map(cells -> new Row(cells.get(1), cells.get(3), cells.get(4)))
                .toList();
    }

    private static Set<String> statements() {
        try (InputStream in = ConformanceTest.class.getResourceAsStream("/mqtt5-statements.txt")) {
            String text = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
            return text.lines().collect(Collectors.toSet());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void every_statement_of_mqtt_5_has_one_row_or_is_of_clients_only() {
        String page = page("mqtt5-conformance.md");
        String clients = page.lines()
                .filter(line -> line.startsWith("Of clients only:"))
                .findFirst()
                .orElseThrow();
        List<String> named = new ArrayList<>(
                STATEMENT.matcher(clients).results().map(match -> match.group()).toList());
        rows(page).forEach(row -> named.add(row.statement()));
        assertThat(statements()).as("appendix B").hasSize(251);
        assertThat(named).doesNotHaveDuplicates();
        assertThat(new HashSet<>(named)).isEqualTo(statements());
    }

    @Test
    void every_row_has_a_test_or_says_why_there_is_none() {
        for (Row row : allRows()) {
            boolean hasTest = CLASS_OR_METHOD.matcher(row.tests()).find();
            boolean isSaid =
                    row.result().startsWith("not offered") || row.result().startsWith("does not arise: ");
            assertThat(hasTest || isSaid).as(row.toString()).isTrue();
            assertThat(row.result()).as(row.toString()).isNotEmpty();
        }
    }

    @Test
    void the_tests_that_the_rows_name_are_there() {
        List<String> missing = allRows().stream()
                .flatMap(row -> Stream.concat(methods(row), cases(row)))
                .distinct()
                .toList();
        assertThat(missing).isEmpty();
    }

    private static List<Row> allRows() {
        return Stream.of("mqtt5-conformance.md", "mqtt311-conformance.md")
                .map(ConformanceTest::page)
                .map(ConformanceTest::rows)
                .flatMap(List::stream)
                .toList();
    }

    /** What of the classes and methods of a row is missing. */
    private Stream<String> methods(Row row) {
        return CLASS_OR_METHOD
                .matcher(row.tests())
                .results()
                .filter(match -> {
                    String source = sources.getOrDefault(match.group(1), "");
                    return match.group(2) == null ? source.isEmpty() : !source.contains("void " + match.group(2) + "(");
                })
                .map(match -> match.group());
    }

    /** What of the cases of a row is missing. */
    private Stream<String> cases(Row row) {
        Function<String, Boolean> isThere =
                name -> sources.getOrDefault(CASES, "").contains('"' + name + '"');
        return CASE.matcher(row.tests()).results().map(match -> match.group(1)).filter(name -> !isThere.apply(name));
    }
}
