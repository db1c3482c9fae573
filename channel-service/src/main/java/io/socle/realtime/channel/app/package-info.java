/** The wiring of the service: configuration, start and stop, health. */
@NullMarked
package io.socle.realtime.channel.app;

import org.jspecify.annotations.NullMarked;
