package io.socle.realtime.gateway.transport.sse;

import io.socle.realtime.contracts.failure.FailureCode;
import io.socle.realtime.contracts.failure.ProblemException;
import io.socle.realtime.contracts.frame.ClientFrame;
import io.socle.realtime.contracts.frame.Overflow;
import io.socle.realtime.contracts.frame.Rfc3339;
import io.socle.realtime.contracts.frame.Selection;
import io.socle.realtime.contracts.frame.Since;
import io.socle.realtime.contracts.message.ChannelFilter;
import io.socle.realtime.contracts.message.ChannelName;
import io.socle.realtime.contracts.message.InvalidValueException;
import io.socle.realtime.contracts.message.Qos;
import io.vertx.core.http.HttpServerRequest;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a request for an event stream asks for.
 *
 * @param names the channels and filters as given, which name the subscriptions
 * @param selections what each selects
 * @param since where each begins, in the same order; null for now
 */
record EventStreamRequest(List<String> names, List<Selection> selections, List<@Nullable Since> since) {
    /** Throws ProblemException where the request cannot be read. */
    static EventStreamRequest parse(HttpServerRequest request, int most) {
        List<String> channels = request.params().getAll("channel");
        List<String> filters = request.params().getAll("filter");
        List<String> names = new ArrayList<>(channels);
        names.addAll(filters);
        if (names.isEmpty()) {
            throw new ProblemException(FailureCode.MISSING_FIELD, "name at least one channel or filter");
        }
        if (names.size() > most) {
            throw new ProblemException(
                    FailureCode.TOO_MANY_SUBSCRIPTIONS, "a stream has at most " + most + " channels and filters");
        }
        if (names.stream().distinct().count() < names.size()) {
            throw new ProblemException(FailureCode.SUBSCRIPTION_EXISTS, "a channel or filter is given twice");
        }
        if (!filters.isEmpty() && request.getParam("last") != null) {
            throw new ProblemException(FailureCode.INVALID_VALUE, "last is for channels, not for filters");
        }
        return new EventStreamRequest(names, selections(channels, filters), since(request, names.size()));
    }

    private static List<Selection> selections(List<String> channels, List<String> filters) {
        List<Selection> selections = new ArrayList<>();
        for (String channel : channels) {
            try {
                selections.add(new Selection.OneChannel(new ChannelName(channel)));
            } catch (InvalidValueException e) {
                throw new ProblemException(FailureCode.INVALID_CHANNEL, e.getMessage());
            }
        }
        for (String filter : filters) {
            try {
                selections.add(new Selection.Matching(new ChannelFilter(filter)));
            } catch (InvalidValueException e) {
                throw new ProblemException(FailureCode.INVALID_FILTER, e.getMessage());
            }
        }
        return selections;
    }

    private static List<@Nullable Since> since(HttpServerRequest request, int count) {
        String lastEventId = request.getHeader("Last-Event-ID");
        if (lastEventId == null) {
            lastEventId = request.getParam("lastEventId");
        }
        if (lastEventId != null && !lastEventId.isEmpty()) {
            return StreamCursor.parse(lastEventId, count);
        }
        Since start = start(request.getParam("since"), request.getParam("last"));
        List<@Nullable Since> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            all.add(start);
        }
        return all;
    }

    private static @Nullable Since start(@Nullable String since, @Nullable String last) {
        try {
            if (since != null) {
                return new Since.AtTime(Rfc3339.parse(since));
            }
            if (last != null) {
                long messages = Long.parseLong(last);
                if (messages < 1) {
                    throw new ProblemException(FailureCode.INVALID_VALUE, "last must be 1 or more");
                }
                return new Since.Last(messages);
            }
            return null;
        } catch (DateTimeException | NumberFormatException | InvalidValueException e) {
            throw new ProblemException(FailureCode.INVALID_VALUE, "since is no RFC 3339 time, or last no number");
        }
    }

    /** The subscription at an index, as the frame that a connection would have sent. */
    ClientFrame.Subscribe subscribe(int index) {
        return new ClientFrame.Subscribe(
                index,
                names.get(index),
                selections.get(index),
                since.get(index),
                Qos.AT_LEAST_ONCE,
                Overflow.RECOVER,
                null);
    }
}
