/** The message and its parts: pure values that every service and transport shares. */
@NullMarked
package io.socle.realtime.contracts.message;

import org.jspecify.annotations.NullMarked;
