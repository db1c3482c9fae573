/** How a service owns partitions: Kafka Streams tasks that process each record once, and move between processes with short pauses. */
@NullMarked
package io.socle.realtime.shell.owner;

import org.jspecify.annotations.NullMarked;
