package io.socle.realtime.gateway.transport.spi;

import io.socle.realtime.contracts.failure.Problem;
import io.socle.realtime.contracts.frame.ClientFrame;
import org.jspecify.annotations.Nullable;

/** What a transport tells of its link; all methods are called on the link's event loop. */
public interface LinkEvents {
    /** A well-formed frame came. */
    void received(ClientFrame frame);

    /**
     * A subscription of a session that the server keeps goes on where it was. What came since is owed to it, and the place is
     * none that the client names: so the capability to subscribe suffices.
     */
    void resumed(ClientFrame.Subscribe frame);

    /**
     * A frame came that cannot be read; the connection goes on.
     *
     * @param id the command's number where it was readable
     */
    void unreadable(@Nullable Long id, Problem problem);

    /** A sign of life that is no frame, such as a pong. */
    void heard();

    /** The link is writable again. */
    void writable();

    /** The client says that it goes, of its own will: what it has entered leaves at once when the link is gone. */
    void leaving();

    /** The link is gone; nothing more is called. */
    void closed();
}
