/** Looks whether a Kafka cluster is as the suite needs it, and says what to do where it is not. */
@NullMarked
package io.socle.realtime.launcher.check;

import org.jspecify.annotations.NullMarked;
