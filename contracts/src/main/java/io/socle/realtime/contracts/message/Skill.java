package io.socle.realtime.contracts.message;

import org.jspecify.annotations.Nullable;

/**
 * Something that a member can do.
 *
 * @param tag 1 to {@link Limits#IDENTIFIER_CHARACTERS} characters
 * @param schema where it is described, a URI reference of at most {@link Limits#ATTRIBUTE_CHARACTERS} characters
 */
public record Skill(String tag, @Nullable String schema) {
    public Skill {
        Checks.identifier(tag, "skill.tag");
        Checks.optionalAttribute(schema, "skill.schema");
    }
}
