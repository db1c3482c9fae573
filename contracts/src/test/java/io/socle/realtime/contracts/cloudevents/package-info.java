/** Tests of messages as CloudEvents. */
@NullMarked
package io.socle.realtime.contracts.cloudevents;

import org.jspecify.annotations.NullMarked;
