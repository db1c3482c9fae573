package io.socle.realtime.e2e.faults;

import java.util.function.IntSupplier;

/** How the clients of a run reach the gateways. */
interface Way extends AutoCloseable {
    /** For one more client: the port for its next connection or request. */
    IntSupplier forClient();

    @Override
    void close();
}
