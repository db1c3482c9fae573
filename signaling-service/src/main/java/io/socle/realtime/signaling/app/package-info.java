/** The application: configuration, start and stop, health, metrics. */
@NullMarked
package io.socle.realtime.signaling.app;

import org.jspecify.annotations.NullMarked;
