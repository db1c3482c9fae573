package io.socle.realtime.gateway.hub;

import io.socle.realtime.contracts.delivery.Reply;
import io.socle.realtime.contracts.delivery.Reply.PageItem;

/** Where a page of one channel begins, for readers that asked by time or count and so do not know. */
final class PageStart {
    private PageStart() {}

    /** The offset before the first that the page accounts for. */
    static long before(Reply.Page page) {
        if (page.items().isEmpty()) {
            return page.through();
        }
        return switch (page.items().getFirst()) {
            case PageItem.Message(var message)
            when message.position() != null -> message.position().offset() - 1;
            case PageItem.Message(var message) -> page.through();
            case PageItem.Skipped(long from, long to) -> from - 1;
            case PageItem.Lost(long from, long to) -> from - 1;
        };
    }
}
