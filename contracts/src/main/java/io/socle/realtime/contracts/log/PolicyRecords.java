package io.socle.realtime.contracts.log;

import io.socle.realtime.contracts.command.Policies;
import io.socle.realtime.contracts.command.Policies.Deduplication;
import io.socle.realtime.contracts.command.Policies.Durables;
import io.socle.realtime.contracts.command.Policies.Policy;
import io.socle.realtime.contracts.log.v1.DeduplicationRecord;
import io.socle.realtime.contracts.log.v1.PoliciesRecord;
import io.socle.realtime.contracts.log.v1.PolicyRecord;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** {@link Policies} to {@link PoliciesRecord} and back. */
public final class PolicyRecords {
    private PolicyRecords() {}

    public static PoliciesRecord toRecord(Policies policies) {
        var record = PoliciesRecord.newBuilder()
                .setFallback(policy(policies.fallback()))
                .setDeduplication(DeduplicationRecord.newBuilder()
                        .setPublications(policies.deduplication().publications())
                        .setAgeMs(policies.deduplication().age().toMillis()));
        policies.byNamespace().forEach((namespace, policy) -> record.putByNamespace(namespace, policy(policy)));
        return record.build();
    }

    public static Policies fromRecord(PoliciesRecord record) {
        Map<String, Policy> byNamespace = new HashMap<>();
        record.getByNamespaceMap().forEach((namespace, policy) -> byNamespace.put(namespace, policy(policy)));
        return new Policies(
                byNamespace,
                record.hasFallback() ? policy(record.getFallback()) : Policy.DEFAULT,
                record.hasDeduplication()
                        ? new Deduplication(
                                record.getDeduplication().getPublications(),
                                Duration.ofMillis(record.getDeduplication().getAgeMs()))
                        : Deduplication.DEFAULT);
    }

    private static PolicyRecord policy(Policy policy) {
        return PolicyRecord.newBuilder()
                .setHistoryMessages(policy.historyMessages())
                .setHistoryBytes(policy.historyBytes())
                .setHistoryAgeMs(policy.historyAge().toMillis())
                .setDurablesPerChannel(policy.durables().perChannel())
                .setDurablesExpireAfterMs(policy.durables().expireAfter().toMillis())
                .build();
    }

    private static Policy policy(PolicyRecord record) {
        return new Policy(
                record.getHistoryMessages(),
                record.getHistoryBytes(),
                Duration.ofMillis(record.getHistoryAgeMs()),
                durables(record));
    }

    /** Records of earlier versions have none. */
    private static Durables durables(PolicyRecord record) {
        return record.hasDurablesPerChannel()
                ? new Durables(record.getDurablesPerChannel(), Duration.ofMillis(record.getDurablesExpireAfterMs()))
                : Durables.DEFAULT;
    }
}
