/** The application: configuration, start and stop, health, metrics. */
@NullMarked
package io.socle.realtime.presence.app;

import org.jspecify.annotations.NullMarked;
