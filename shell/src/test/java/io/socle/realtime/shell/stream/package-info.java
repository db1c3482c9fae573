/** Tests of how a service joins the log. */
@NullMarked
package io.socle.realtime.shell.stream;

import org.jspecify.annotations.NullMarked;
