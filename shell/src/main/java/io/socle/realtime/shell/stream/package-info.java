/** How a service joins the log: reading, setting aside what cannot be processed, and whether Kafka answers. */
@NullMarked
package io.socle.realtime.shell.stream;

import org.jspecify.annotations.NullMarked;
