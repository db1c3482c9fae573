package io.socle.realtime.e2e.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A TCP proxy on loopback between clients and the gateway, which makes bad links out of good ones. */
final class FaultProxy implements AutoCloseable {
    private final ServerSocket server;
    private final int target;
    private final Set<ProxiedLink> links = ConcurrentHashMap.newKeySet();
    private volatile Duration delay = Duration.ZERO;
    private volatile boolean swallowsAnswers;

    private FaultProxy(ServerSocket server, int target) {
        this.server = server;
        this.target = target;
    }

    /** Listens on a free port and passes everything on to the target port. */
    static FaultProxy start(int target) {
        try {
            var proxy = new FaultProxy(new ServerSocket(0, 200, InetAddress.getLoopbackAddress()), target);
            Thread.ofVirtual().name("proxy").start(proxy::accept);
            return proxy;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int port() {
        return server.getLocalPort();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                Thread.ofVirtual().start(() -> open(client));
            } catch (IOException e) {
                // Closed: the loop ends. Else the client was gone before it was accepted.
            }
        }
    }

    private void open(Socket client) {
        try {
            var gateway = new Socket(InetAddress.getLoopbackAddress(), target);
            var link = new ProxiedLink(client, gateway, this);
            links.add(link);
            link.start(() -> links.remove(link));
        } catch (IOException e) {
            // Nobody listens there: the client sees what it would see without a proxy, or nearly so.
            ProxiedLink.reset(client);
        }
    }

    /** How long each piece of data is held on its way, in both directions. */
    Duration delay() {
        return delay;
    }

    boolean swallowsAnswers() {
        return swallowsAnswers;
    }

    /** Slows all links, also those to come. */
    void slow(Duration eachPiece) {
        delay = eachPiece;
    }

    /** The links of now pass nothing any more and stay open on both sides, as behind a router that forgot them. */
    void forgetLinks() {
        links.forEach(ProxiedLink::mute);
    }

    /** From now on requests arrive and answers do not, on all links. */
    void swallowAnswers() {
        swallowsAnswers = true;
    }

    /** Ends all links with a reset on both sides. */
    void resetLinks() {
        links.forEach(ProxiedLink::reset);
    }

    /** All links to come are good, and so are those of now that were not forgotten. */
    void heal() {
        delay = Duration.ZERO;
        swallowsAnswers = false;
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        resetLinks();
    }
}
