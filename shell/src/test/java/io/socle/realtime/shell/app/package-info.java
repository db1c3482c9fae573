/** Tests of what every service does around its work. */
@NullMarked
package io.socle.realtime.shell.app;

import org.jspecify.annotations.NullMarked;
