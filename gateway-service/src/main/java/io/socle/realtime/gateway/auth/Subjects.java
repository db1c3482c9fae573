package io.socle.realtime.gateway.auth;

/** Names that somebody may come under, whoever vouches for them. */
final class Subjects {
    /** Characters of the longest. */
    static final int LONGEST = 128;

    private Subjects() {}

    /** Throws BadTokenException where it is too short, too long, or as the system's own are: what is theirs would be open to it. */
    static String checked(String subject, String whose) {
        if (subject.isEmpty() || subject.length() > LONGEST) {
            throw new BadTokenException("the " + whose + " does not have 1 to " + LONGEST + " characters");
        }
        if (subject.charAt(0) == '$') {
            throw new BadTokenException("the " + whose + " begins with $, as only the system's own do");
        }
        return subject;
    }
}
