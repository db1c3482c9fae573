/** Names of what commands are about. */
@NullMarked
package io.socle.realtime.contracts.command;

import org.jspecify.annotations.NullMarked;
