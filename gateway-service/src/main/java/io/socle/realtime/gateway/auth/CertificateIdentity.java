package io.socle.realtime.gateway.auth;

import io.socle.realtime.contracts.message.ChannelFilter;
import io.socle.realtime.contracts.message.InvalidValueException;
import io.socle.realtime.gateway.session.Capabilities;
import io.socle.realtime.gateway.session.Principal;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import org.jspecify.annotations.Nullable;

/**
 * Who a client certificate says it is (RFC 5280), and what it may do (clause MQT-150). That it is trusted has been checked by
 * TLS. Immutable.
 */
public final class CertificateIdentity {
    /** Stands for the subject in a granted filter. */
    public static final String PLACE = "{subject}";

    private final Name name;
    private final Grants grants;

    /** Which of a certificate's names is the subject. */
    public enum Name {
        COMMON_NAME(-1),
        EMAIL(1),
        DNS(2),
        URI(6);

        /** Number of the kind of subject alternative name (RFC 5280 section 4.2.1.6). */
        private final int kind;

        Name(int kind) {
            this.kind = kind;
        }
    }

    /** Filters by operation; in each {@link #PLACE} stands for the subject. A null history is as subscribe. */
    public record Grants(
            List<String> publish,
            List<String> subscribe,
            @Nullable List<String> history,
            List<String> delete) {
        boolean namesSubject() {
            return List.of(publish, subscribe, history == null ? List.<String>of() : history, delete).stream()
                    .flatMap(List::stream)
                    .anyMatch(filter -> filter.contains(PLACE));
        }
    }

    /** Throws IllegalArgumentException where a grant is no filter. */
    public CertificateIdentity(Name name, Grants grants) {
        this.name = name;
        this.grants = grants;
        try {
            capabilities("x");
        } catch (InvalidValueException e) {
            throw new IllegalArgumentException("realtime.mqtt.certificates grants what is no filter", e);
        }
    }

    /** Throws BadTokenException where the certificate does not have exactly one name of the kind, or one that cannot be used. */
    public Principal principal(X509Certificate certificate) {
        List<String> names = name == Name.COMMON_NAME ? commonNames(certificate) : alternatives(certificate);
        if (names.size() != 1) {
            throw new BadTokenException("the certificate has not exactly one name of the kind " + name);
        }
        String subject = Subjects.checked(names.getFirst(), "certificate's name");
        if (grants.namesSubject() && subject.chars().anyMatch(CertificateIdentity::isNoPartOfSegment)) {
            // In a filter it would select more than its own.
            throw new BadTokenException("the certificate's name cannot be a segment of a channel's name");
        }
        return new Principal(
                subject, capabilities(subject), certificate.getNotAfter().toInstant());
    }

    private static boolean isNoPartOfSegment(int character) {
        return character == '/' || character == '+' || character == '#' || Character.isISOControl(character);
    }

    private Capabilities capabilities(String subject) {
        List<ChannelFilter> subscribe = filters(grants.subscribe, subject);
        return new Capabilities(
                filters(grants.publish, subject),
                subscribe,
                grants.history == null ? subscribe : filters(grants.history, subject),
                filters(grants.delete, subject));
    }

    private static List<ChannelFilter> filters(List<String> granted, String subject) {
        return granted.stream()
                .map(filter -> new ChannelFilter(filter.replace(PLACE, subject)))
                .toList();
    }

    private static List<String> commonNames(X509Certificate certificate) {
        try {
            return new LdapName(certificate.getSubjectX500Principal().getName())
                    .getRdns().stream()
                            .filter(part -> part.getType().equalsIgnoreCase("CN"))
                            .map(part -> part.getValue() instanceof String text ? text : "")
                            .toList();
        } catch (InvalidNameException e) {
            throw new BadTokenException("the certificate's subject cannot be read");
        }
    }

    private List<String> alternatives(X509Certificate certificate) {
        try {
            Collection<List<?>> all = certificate.getSubjectAlternativeNames();
            return all == null
                    ? List.of()
                    : all.stream()
                            .filter(one -> one.getFirst().equals(name.kind))
                            .map(one -> String.valueOf(one.get(1)))
                            .toList();
        } catch (CertificateParsingException e) {
            throw new BadTokenException("the certificate's names cannot be read");
        }
    }
}
