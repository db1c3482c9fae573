/** Entry of the launcher: the suite on one machine, and the command line. */
@NullMarked
package io.socle.realtime.launcher;

import org.jspecify.annotations.NullMarked;
