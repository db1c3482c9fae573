package io.socle.realtime.launcher.check;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * What a check has found.
 *
 * @param findings the worst first
 */
public record Report(List<Finding> findings) {
    public Report {
        findings = findings.stream()
                .sorted(Comparator.comparing(Finding::level).reversed())
                .toList();
    }

    /** The level of the worst finding. */
    public Level worst() {
        return findings.isEmpty() ? Level.OK : findings.getFirst().level();
    }

    /** A summary, which is the line that monitoring shows, and then a line for each finding. */
    public List<String> text() {
        var lines = new ArrayList<String>();
        lines.add("realtime %s: %d critical, %d warning, %d ok"
                .formatted(
                        worst().name().toUpperCase(Locale.ROOT),
                        count(Level.CRITICAL),
                        count(Level.WARNING),
                        count(Level.OK)));
        for (Finding finding : findings) {
            String remedy = finding.remedy().isEmpty() ? "" : "; to do: " + finding.remedy();
            lines.add("%-8s %s: %s%s".formatted(finding.level().label(), finding.subject(), finding.text(), remedy));
        }
        return lines;
    }

    private long count(Level level) {
        return findings.stream().filter(finding -> finding.level() == level).count();
    }

    /** One JSON object on one line. */
    public String json() {
        var text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
            json.writeStartObject();
            json.writeStringField("status", worst().label());
            json.writeArrayFieldStart("findings");
            for (Finding finding : findings) {
                write(json, finding);
            }
            json.writeEndArray();
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("a string cannot be written", e);
        }
        return text.toString();
    }

    private static void write(JsonGenerator json, Finding finding) throws IOException {
        json.writeStartObject();
        json.writeStringField("level", finding.level().label());
        json.writeStringField("subject", finding.subject());
        json.writeStringField("text", finding.text());
        if (!finding.remedy().isEmpty()) {
            json.writeStringField("remedy", finding.remedy());
        }
        json.writeEndObject();
    }
}
