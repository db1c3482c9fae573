package io.socle.realtime.e2e.faults;

import java.io.IOException;
import java.net.Socket;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** One connection through the proxy: two sockets, and what happens to the bytes between them. */
final class ProxiedLink {
    private static final int PIECE_BYTES = 16 * 1024;

    private final Socket client;
    private final Socket gateway;
    private final FaultProxy proxy;
    private final AtomicInteger pumping = new AtomicInteger(2);
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile boolean mute;

    ProxiedLink(Socket client, Socket gateway, FaultProxy proxy) throws IOException {
        this.client = client;
        this.gateway = gateway;
        this.proxy = proxy;
        client.setTcpNoDelay(true);
        gateway.setTcpNoDelay(true);
    }

    void start(Runnable ended) {
        Thread.ofVirtual().start(() -> pump(client, gateway, false, ended));
        Thread.ofVirtual().start(() -> pump(gateway, client, true, ended));
    }

    private void pump(Socket from, Socket to, boolean answers, Runnable ended) {
        try {
            copy(from, to, answers);
            // The end of a forgotten link is not told to the other side.
            if (!mute) {
                to.shutdownOutput();
            }
        } catch (IOException | InterruptedException e) {
            // A link that breaks on one side breaks on the other.
            if (!mute) {
                reset();
            }
        }
        if (pumping.decrementAndGet() == 0) {
            reset();
            ended.run();
        }
    }

    private void copy(Socket from, Socket to, boolean answers) throws IOException, InterruptedException {
        byte[] piece = new byte[PIECE_BYTES];
        for (int length = from.getInputStream().read(piece);
                length >= 0;
                length = from.getInputStream().read(piece)) {
            hold();
            if (!mute && !(answers && proxy.swallowsAnswers())) {
                to.getOutputStream().write(piece, 0, length);
            }
        }
    }

    private void hold() throws InterruptedException {
        if (proxy.delay().isPositive()) {
            boolean _ = closed.await(proxy.delay().toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    /** Passes nothing any more, and closes nothing. */
    void mute() {
        mute = true;
    }

    /** Ends both sides with a reset. */
    void reset() {
        closed.countDown();
        reset(client);
        reset(gateway);
    }

    static void reset(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException e) {
            // It is closed already.
        }
    }
}
