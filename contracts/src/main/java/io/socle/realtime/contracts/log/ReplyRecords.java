package io.socle.realtime.contracts.log;

import io.socle.realtime.contracts.delivery.Delivery;
import io.socle.realtime.contracts.delivery.Reply;
import io.socle.realtime.contracts.delivery.Reply.FilterItem;
import io.socle.realtime.contracts.delivery.Reply.PageItem;
import io.socle.realtime.contracts.failure.FailureCode;
import io.socle.realtime.contracts.failure.Problem;
import io.socle.realtime.contracts.log.v1.DoneRecord;
import io.socle.realtime.contracts.log.v1.FilterItemRecord;
import io.socle.realtime.contracts.log.v1.FilterPageRecord;
import io.socle.realtime.contracts.log.v1.JoinedRecord;
import io.socle.realtime.contracts.log.v1.LostItemRecord;
import io.socle.realtime.contracts.log.v1.PageItemRecord;
import io.socle.realtime.contracts.log.v1.PageRecord;
import io.socle.realtime.contracts.log.v1.ProblemRecord;
import io.socle.realtime.contracts.log.v1.PublishedRecord;
import io.socle.realtime.contracts.log.v1.RangeRecord;
import io.socle.realtime.contracts.log.v1.ReplyRecord;
import io.socle.realtime.contracts.log.v1.RetainedPageRecord;
import io.socle.realtime.contracts.log.v1.SubscribedRecord;
import io.socle.realtime.contracts.message.ChannelName;

/** {@link Reply} to {@link ReplyRecord} and back. */
final class ReplyRecords {
    private ReplyRecords() {}

    static ReplyRecord toRecord(Delivery.Answer answer) {
        var record = ReplyRecord.newBuilder().setRequest(answer.request());
        switch (answer.reply()) {
            case Reply.Published published ->
                record.setPublished(PublishedRecord.newBuilder()
                        .setPosition(MessageRecords.position(published.position()))
                        .setRepeat(published.repeat()));
            case Reply.Subscribed subscribed -> record.setSubscribed(subscribed(subscribed));
            case Reply.Attached attached -> record.setAttached(DurableRecords.toRecord(attached));
            case Reply.SessionAttached attached -> record.setSessionAttached(SessionRecords.toRecord(attached));
            case Reply.Joined(long generation) ->
                record.setJoined(JoinedRecord.newBuilder().setGeneration(generation));
            case Reply.RoomJoined joined -> record.setRoomJoined(RoomDeliveryRecords.toRecord(joined));
            case Reply.Signaled signaled -> record.setSignaled(RoomDeliveryRecords.toRecord(signaled));
            case Reply.Servers servers -> record.setIceServers(RoomDeliveryRecords.toRecord(servers.iceServers()));
            case Reply.Ringing ringing -> record.setRinging(RoomDeliveryRecords.toRecord(ringing));
            case Reply.Refused(Problem problem) -> record.setProblem(toRecord(problem));
            case Reply.Done done -> record.setDone(DoneRecord.getDefaultInstance());
            case Reply.Page page -> record.setPage(page(page));
            case Reply.FilterPage page -> record.setFilterPage(filterPage(page));
            case Reply.OfPresence presence -> record.setPresence(PresenceReplyRecords.toRecord(presence.reply()));
            case Reply.RetainedPage page -> record.setRetainedPage(retainedPage(page));
        }
        return record.build();
    }

    static ProblemRecord toRecord(Problem problem) {
        return ProblemRecord.newBuilder()
                .setCode(problem.code().code())
                .setDetail(problem.detail())
                .build();
    }

    private static SubscribedRecord subscribed(Reply.Subscribed subscribed) {
        var record = SubscribedRecord.newBuilder();
        if (subscribed.head() != null) {
            record.setHead(MessageRecords.position(subscribed.head()));
        }
        return record.build();
    }

    private static PageRecord page(Reply.Page page) {
        var record = PageRecord.newBuilder()
                .setEpoch(page.epoch())
                .setThrough(page.through())
                .setHead(page.head())
                .setComplete(page.complete());
        page.items().forEach(item -> record.addItems(item(item)));
        return record.build();
    }

    private static PageItemRecord item(PageItem item) {
        var record = PageItemRecord.newBuilder();
        switch (item) {
            case PageItem.Message message -> record.setMessage(MessageRecords.toRecord(message.message()));
            case PageItem.Skipped skipped -> record.setSkipped(range(skipped.from(), skipped.to()));
            case PageItem.Lost lost -> record.setLost(range(lost.from(), lost.to()));
        }
        return record.build();
    }

    private static RangeRecord range(long from, long to) {
        return RangeRecord.newBuilder().setFrom(from).setTo(to).build();
    }

    private static FilterPageRecord filterPage(Reply.FilterPage page) {
        var record = FilterPageRecord.newBuilder().setThrough(page.through()).setComplete(page.complete());
        if (page.lostThrough() != null) {
            record.setLostThrough(page.lostThrough());
        }
        page.items().forEach(item -> record.addItems(filterItem(item)));
        return record.build();
    }

    private static FilterItemRecord filterItem(FilterItem item) {
        var record = FilterItemRecord.newBuilder().setLogPosition(item.logPosition());
        switch (item) {
            case FilterItem.Message message -> record.setMessage(MessageRecords.toRecord(message.message()));
            case FilterItem.Lost lost ->
                record.setLost(LostItemRecord.newBuilder()
                        .setChannel(lost.channel().value())
                        .setPosition(MessageRecords.position(lost.position())));
        }
        return record.build();
    }

    private static RetainedPageRecord retainedPage(Reply.RetainedPage page) {
        var record = RetainedPageRecord.newBuilder();
        page.messages().forEach(message -> record.addMessages(MessageRecords.toRecord(message)));
        if (page.next() != null) {
            record.setNext(page.next());
        }
        return record.build();
    }

    static Reply fromRecord(ReplyRecord record) {
        return switch (record.getReplyCase()) {
            case PUBLISHED ->
                new Reply.Published(
                        MessageRecords.position(record.getPublished().getPosition()),
                        record.getPublished().getRepeat());
            case SUBSCRIBED ->
                new Reply.Subscribed(
                        record.getSubscribed().hasHead()
                                ? MessageRecords.position(record.getSubscribed().getHead())
                                : null);
            case ATTACHED -> DurableRecords.fromRecord(record.getAttached());
            case SESSION_ATTACHED -> SessionRecords.fromRecord(record.getSessionAttached());
            case JOINED -> new Reply.Joined(record.getJoined().getGeneration());
            case ROOM_JOINED -> RoomDeliveryRecords.fromRecord(record.getRoomJoined());
            case SIGNALED -> RoomDeliveryRecords.fromRecord(record.getSignaled());
            case ICE_SERVERS -> new Reply.Servers(RoomDeliveryRecords.fromRecord(record.getIceServers()));
            case RINGING -> RoomDeliveryRecords.fromRecord(record.getRinging());
            case PROBLEM -> new Reply.Refused(fromRecord(record.getProblem()));
            case DONE -> new Reply.Done();
            case PAGE -> page(record.getPage());
            case FILTER_PAGE -> filterPage(record.getFilterPage());
            case RETAINED_PAGE -> retainedPage(record.getRetainedPage());
            case PRESENCE -> new Reply.OfPresence(PresenceReplyRecords.fromRecord(record.getPresence()));
            case REPLY_NOT_SET -> throw new IllegalArgumentException("a kind of reply that this version lacks");
        };
    }

    static Problem fromRecord(ProblemRecord record) {
        FailureCode code = FailureCode.of(record.getCode()).orElse(FailureCode.INTERNAL_ERROR);
        return new Problem(code, record.getDetail());
    }

    private static Reply page(PageRecord record) {
        return new Reply.Page(
                record.getEpoch(),
                record.getItemsList().stream().map(ReplyRecords::item).toList(),
                record.getThrough(),
                record.getHead(),
                record.getComplete());
    }

    private static PageItem item(PageItemRecord record) {
        return switch (record.getItemCase()) {
            case MESSAGE -> new PageItem.Message(MessageRecords.fromRecord(record.getMessage()));
            case SKIPPED ->
                new PageItem.Skipped(
                        record.getSkipped().getFrom(), record.getSkipped().getTo());
            case LOST ->
                new PageItem.Lost(record.getLost().getFrom(), record.getLost().getTo());
            case ITEM_NOT_SET -> throw new IllegalArgumentException("a kind of page item that this version lacks");
        };
    }

    private static Reply filterPage(FilterPageRecord record) {
        return new Reply.FilterPage(
                record.getItemsList().stream().map(ReplyRecords::filterItem).toList(),
                record.getThrough(),
                record.getComplete(),
                record.hasLostThrough() ? record.getLostThrough() : null);
    }

    private static FilterItem filterItem(FilterItemRecord record) {
        return switch (record.getItemCase()) {
            case MESSAGE ->
                new FilterItem.Message(record.getLogPosition(), MessageRecords.fromRecord(record.getMessage()));
            case LOST ->
                new FilterItem.Lost(
                        record.getLogPosition(),
                        new ChannelName(record.getLost().getChannel()),
                        MessageRecords.position(record.getLost().getPosition()));
            case ITEM_NOT_SET -> throw new IllegalArgumentException("a kind of filter item that this version lacks");
        };
    }

    private static Reply retainedPage(RetainedPageRecord record) {
        return new Reply.RetainedPage(
                record.getMessagesList().stream()
                        .map(MessageRecords::fromRecord)
                        .toList(),
                record.hasNext() ? record.getNext() : null);
    }
}
