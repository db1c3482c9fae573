package io.socle.realtime.e2e.history;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Holds a whole history against what is promised; pure. The history must go on until everything has settled. */
public final class HistoryCheck {
    private HistoryCheck() {}

    /** All broken promises, in the order in which they were found; empty where all were kept. */
    public static List<Violation> violations(List<History.Entry> entries, Rules rules) {
        var found = new ArrayList<Violation>();
        var messages = new MessageCheck(found);
        for (int i = 0; i < entries.size(); i++) {
            messages.add(i, entries.get(i));
        }
        messages.finish();
        Map<String, ReaderCheck> subscriptions = new LinkedHashMap<>();
        for (int i = 0; i < entries.size(); i++) {
            if (entries.get(i).event() instanceof Event.Reading reading) {
                subscriptions
                        .computeIfAbsent(
                                reading.subscription(),
                                name -> reading instanceof Event.Attach
                                        ? new DurableCheck(name, messages, rules, found)
                                        : new SubscriptionCheck(name, messages, rules, found))
                        .add(i, entries.get(i).nanos(), reading);
            }
        }
        subscriptions.values().forEach(ReaderCheck::finish);
        return List.copyOf(found);
    }
}
