/** How a command ends: exit codes, and the one sentence that a person reads when it cannot go on. */
@NullMarked
package io.socle.realtime.launcher.exit;

import org.jspecify.annotations.NullMarked;
