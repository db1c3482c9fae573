package io.socle.realtime.contracts.log;

import io.socle.realtime.contracts.log.v1.CallStateRecord;
import io.socle.realtime.contracts.log.v1.EndOfCandidatesRecord;
import io.socle.realtime.contracts.log.v1.IceCandidateRecord;
import io.socle.realtime.contracts.log.v1.SignalRecord;
import io.socle.realtime.contracts.log.v1.SignalRestartRecord;
import io.socle.realtime.contracts.log.v1.SignalRollbackRecord;
import io.socle.realtime.contracts.signaling.CallState;
import io.socle.realtime.contracts.signaling.IceCandidate;
import io.socle.realtime.contracts.signaling.Signal;

/** {@link Signal} and {@link CallState} to their records and back. */
public final class SignalRecords {
    private SignalRecords() {}

    public static SignalRecord toRecord(Signal signal) {
        var record = SignalRecord.newBuilder();
        switch (signal) {
            case Signal.Offer(long negotiation, String sdp) ->
                record.setNegotiation(negotiation).setOffer(sdp);
            case Signal.Answer(long negotiation, String sdp) ->
                record.setNegotiation(negotiation).setAnswer(sdp);
            case Signal.Rollback(long negotiation) ->
                record.setNegotiation(negotiation).setRollback(SignalRollbackRecord.getDefaultInstance());
            case Signal.Candidate(IceCandidate candidate) -> record.setCandidate(toRecord(candidate));
            case Signal.EndOfCandidates(String fragment) -> {
                var end = EndOfCandidatesRecord.newBuilder();
                if (fragment != null) {
                    end.setUsernameFragment(fragment);
                }
                record.setEndOfCandidates(end);
            }
            case Signal.Restart restart -> record.setRestart(SignalRestartRecord.getDefaultInstance());
        }
        return record.build();
    }

    private static IceCandidateRecord toRecord(IceCandidate candidate) {
        var record = IceCandidateRecord.newBuilder().setCandidate(candidate.candidate());
        if (candidate.sdpMid() != null) {
            record.setSdpMid(candidate.sdpMid());
        }
        if (candidate.sdpMLineIndex() != null) {
            record.setSdpMLineIndex(candidate.sdpMLineIndex());
        }
        if (candidate.usernameFragment() != null) {
            record.setUsernameFragment(candidate.usernameFragment());
        }
        return record.build();
    }

    public static Signal fromRecord(SignalRecord record) {
        return switch (record.getKindCase()) {
            case OFFER -> new Signal.Offer(record.getNegotiation(), record.getOffer());
            case ANSWER -> new Signal.Answer(record.getNegotiation(), record.getAnswer());
            case ROLLBACK -> new Signal.Rollback(record.getNegotiation());
            case CANDIDATE -> new Signal.Candidate(fromRecord(record.getCandidate()));
            case END_OF_CANDIDATES ->
                new Signal.EndOfCandidates(
                        record.getEndOfCandidates().hasUsernameFragment()
                                ? record.getEndOfCandidates().getUsernameFragment()
                                : null);
            case RESTART -> new Signal.Restart();
            case KIND_NOT_SET -> throw new IllegalArgumentException("a kind of signal that this version lacks");
        };
    }

    private static IceCandidate fromRecord(IceCandidateRecord record) {
        return new IceCandidate(
                record.getCandidate(),
                record.hasSdpMid() ? record.getSdpMid() : null,
                record.hasSdpMLineIndex() ? record.getSdpMLineIndex() : null,
                record.hasUsernameFragment() ? record.getUsernameFragment() : null);
    }

    public static CallStateRecord toRecord(CallState state) {
        return switch (state) {
            case RINGING -> CallStateRecord.CALL_RINGING;
            case ACCEPTED -> CallStateRecord.CALL_ACCEPTED;
            case REJECTED -> CallStateRecord.CALL_REJECTED;
            case BUSY -> CallStateRecord.CALL_BUSY;
            case CANCELLED -> CallStateRecord.CALL_CANCELLED;
            case TIMEOUT -> CallStateRecord.CALL_TIMEOUT;
        };
    }

    public static CallState fromRecord(CallStateRecord record) {
        return switch (record) {
            case CALL_RINGING -> CallState.RINGING;
            case CALL_ACCEPTED -> CallState.ACCEPTED;
            case CALL_REJECTED -> CallState.REJECTED;
            case CALL_BUSY -> CallState.BUSY;
            case CALL_CANCELLED -> CallState.CANCELLED;
            case CALL_TIMEOUT -> CallState.TIMEOUT;
            case UNRECOGNIZED -> throw new IllegalArgumentException("a state of a call that this version lacks");
        };
    }
}
