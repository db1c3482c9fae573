package io.socle.realtime.contracts.message;

import java.util.List;

/**
 * What a member says of itself (clause PRS-2).
 *
 * @param state JSON of at most {@link #STATE_BYTES} bytes, as it was written
 * @param skills at most {@link #SKILLS}
 */
public record MemberProfile(MemberKind kind, Payload state, List<Skill> skills) {
    public static final int STATE_BYTES = 4096;
    public static final int SKILLS = 32;
    /** The state of whoever says nothing. */
    public static final Payload NO_STATE = Payload.utf8("null");

    public MemberProfile {
        skills = List.copyOf(skills);
        if (state.isEmpty() || state.size() > STATE_BYTES) {
            throw new InvalidValueException("state", "does not have 1 to " + STATE_BYTES + " bytes");
        }
        if (skills.size() > SKILLS) {
            throw new InvalidValueException("skills", "has more than " + SKILLS + " entries");
        }
    }

    public boolean hasState() {
        return !state.equals(NO_STATE);
    }

    public boolean hasSkill(String tag) {
        return skills.stream().anyMatch(skill -> skill.tag().equals(tag));
    }
}
