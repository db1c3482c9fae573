/** Publishes and subscribes over the suite's public protocols, as any outside client does. */
@NullMarked
package io.socle.realtime.launcher.client;

import org.jspecify.annotations.NullMarked;
