package io.socle.realtime.gateway.bridge;

import io.vertx.core.Vertx;
import io.vertx.core.impl.ContextInternal;
import io.vertx.core.impl.VertxInternal;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/** One of Vert.x's event loops; a context bound to it keeps the MQTT library there too. */
final class VertxLoop implements BridgeLoop {
    private final Vertx vertx;
    private final ContextInternal context;

    VertxLoop(Vertx vertx) {
        this.vertx = vertx;
        this.context = ((VertxInternal) vertx).createEventLoopContext();
    }

    @Override
    public Executor executor() {
        return context.nettyEventLoop();
    }

    @Override
    public void later(Duration delay, Runnable task) {
        long millis = Math.max(1, delay.toMillis());
        run(() -> vertx.setTimer(millis, any -> executor().execute(task)));
    }

    @Override
    public void run(Runnable task) {
        context.runOnContext(any -> task.run());
    }

    @Override
    public long now() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
    }
}
