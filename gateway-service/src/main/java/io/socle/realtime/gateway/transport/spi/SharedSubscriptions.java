package io.socle.realtime.gateway.transport.spi;

import io.socle.realtime.contracts.command.SharedName;
import io.socle.realtime.contracts.failure.Problem;
import io.socle.realtime.gateway.session.Principal;
import java.util.concurrent.Executor;

/**
 * Takes clients into shared subscriptions (clauses MQT-100 to MQT-112). Everything of one membership is called on its event
 * loop.
 */
public interface SharedSubscriptions {
    /**
     * What a member asks for.
     *
     * @param window most messages under way to it
     * @param qos the highest level that it is sent
     * @param keepMs how long the membership is kept where this node dies, in milliseconds; 0 for not at all
     */
    record Terms(int window, int qos, long keepMs) {}

    /**
     * Has a client take part.
     *
     * @param client its name among those of its subject
     * @param loop the event loop that it lives on, which is that of the caller
     */
    Membership join(Principal who, SharedName of, String client, Terms terms, Executor loop, Receiver receiver);

    /** Takes what a membership brings. */
    interface Receiver {
        /** The membership stands. */
        void opened();

        /** It could not begin. */
        void failed(Problem problem);

        /** It stood, and it is over. */
        void ended(Problem problem);

        /** A message came, to be written when the client takes it. */
        void message(Given given, SharedMessage message);

        /** For now that was all. */
        void flush();
    }

    /** One message that was given to the client. */
    interface Given {
        /** It was written, or will never be: it no longer waits here. */
        void written();

        /** The client is done with it, so nobody else is to get it. */
        void done();
    }

    /** A client's part in a shared subscription. */
    interface Membership {
        /** Asks for something else; what is not acknowledged may come again. */
        void change(Terms terms);

        /** Ends it at this node: it is kept for so many milliseconds, or, with 0, not at all. Nothing is called afterwards. */
        void end(long keepMs);
    }
}
