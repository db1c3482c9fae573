package io.socle.realtime.e2e.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FaultProxyTest {
    private static final int LONG_MS = 10_000;
    private static final int SHORT_MS = 200;

    private ServerSocket gateway;
    private FaultProxy proxy;
    private Socket client;
    private Socket accepted;

    @BeforeEach
    void connect() throws IOException {
        gateway = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        gateway.setSoTimeout(LONG_MS);
        proxy = FaultProxy.start(gateway.getLocalPort());
        client = new Socket(InetAddress.getLoopbackAddress(), proxy.port());
        accepted = gateway.accept();
        client.setSoTimeout(LONG_MS);
        accepted.setSoTimeout(LONG_MS);
    }

    @AfterEach
    void close() throws IOException {
        client.close();
        accepted.close();
        proxy.close();
        gateway.close();
    }

    private static void pass(Socket from, Socket to) throws IOException {
        from.getOutputStream().write(7);
        assertThat(to.getInputStream().read()).isEqualTo(7);
    }

    private static void expectSilence(Socket from, Socket to) throws IOException {
        to.setSoTimeout(SHORT_MS);
        from.getOutputStream().write(7);
        assertThatThrownBy(() -> to.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);
        to.setSoTimeout(LONG_MS);
    }

    @Test
    void a_good_link_passes_everything_and_its_end() throws IOException {
        pass(client, accepted);
        pass(accepted, client);
        accepted.close();
        assertThat(client.getInputStream().read()).isEqualTo(-1);
    }

    @Test
    void a_forgotten_link_passes_nothing_and_not_even_its_end() throws IOException {
        pass(client, accepted);
        proxy.forgetLinks();
        expectSilence(client, accepted);
        expectSilence(accepted, client);
        client.close();
        accepted.setSoTimeout(SHORT_MS);
        assertThatThrownBy(() -> accepted.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);
    }

    @Test
    void swallowed_answers_do_not_arrive_though_requests_do() throws IOException {
        proxy.swallowAnswers();
        pass(client, accepted);
        expectSilence(accepted, client);
        proxy.heal();
        pass(accepted, client);
    }

    @Test
    void a_reset_is_seen_by_the_client() throws IOException {
        pass(client, accepted);
        proxy.resetLinks();
        assertThatThrownBy(() -> client.getInputStream().read()).isInstanceOf(SocketException.class);
    }

    @Test
    void a_slow_link_holds_each_piece() throws IOException {
        pass(client, accepted);
        proxy.slow(Duration.ofMillis(SHORT_MS));
        long begun = System.nanoTime();
        pass(client, accepted);
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThanOrEqualTo(Duration.ofMillis(SHORT_MS));
    }
}
