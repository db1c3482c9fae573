/** Load generators that measure the suite beside its peers, alternately, in one run. */
@NullMarked
package io.socle.realtime.bench;

import org.jspecify.annotations.NullMarked;
