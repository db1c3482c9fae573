/** What every service does at its start. */
@NullMarked
package io.socle.realtime.shell.app;

import org.jspecify.annotations.NullMarked;
