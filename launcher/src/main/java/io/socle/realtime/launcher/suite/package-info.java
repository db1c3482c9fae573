/** Runs the suite's processes on one machine: data folder, ports, start, readiness, restart, merged log, stop. */
@NullMarked
package io.socle.realtime.launcher.suite;

import org.jspecify.annotations.NullMarked;
