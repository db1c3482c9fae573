package io.socle.realtime.gateway.transport.http;

import io.socle.realtime.contracts.failure.Problem;
import io.socle.realtime.gateway.transport.spi.Requests;

/** The outcome of one message of a batch. */
sealed interface PublishResult {
    record Done(Requests.Published published) implements PublishResult {}

    record Failed(Problem problem) implements PublishResult {}
}
