package io.socle.realtime.gateway.transport.http;

import io.smallrye.mutiny.Uni;
import io.socle.realtime.contracts.failure.ProblemException;
import io.socle.realtime.contracts.frame.MessageDraft;
import io.socle.realtime.gateway.transport.spi.Requests;
import io.socle.realtime.gateway.transport.spi.TransportSettings;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Publishes a batch (clause HTTP-4). */
@Path("/v1/messages")
public class BatchResource {
    private final Tokens tokens;
    private final Requests requests;
    private final TransportSettings settings;

    BatchResource(Tokens tokens, Requests requests, TransportSettings settings) {
        this.tokens = tokens;
        this.requests = requests;
        this.settings = settings;
    }

    @POST
    public Uni<Response> publish(@Context HttpHeaders headers, byte @Nullable [] body) {
        return tokens.principal(headers).flatMap(who -> {
            List<MessageDraft> drafts =
                    PublishBodies.batch(headers, body == null ? new byte[0] : body, settings.batch());
            // All are sent before the first is waited for: the log keeps the order per channel.
            List<Uni<PublishResult>> results = drafts.stream()
                    .map(draft -> requests.publish(Tokens.TRANSPORT, who, draft, null))
                    .map(stage -> Uni.createFrom().completionStage(stage))
                    .map(BatchResource::result)
                    .toList();
            return results.isEmpty()
                    ? Uni.createFrom().item(HttpAnswers.batch(List.of()))
                    : Uni.join().all(results).andFailFast().map(HttpAnswers::batch);
        });
    }

    private static Uni<PublishResult> result(Uni<Requests.Published> publish) {
        return publish.<PublishResult>map(PublishResult.Done::new)
                .onFailure(ProblemException.class)
                .recoverWithItem(failure -> new PublishResult.Failed(((ProblemException) failure).problem()));
    }
}
