/** The commands that a person types. */
@NullMarked
package io.socle.realtime.launcher.cli;

import org.jspecify.annotations.NullMarked;
