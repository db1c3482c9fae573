/** Tests of the frames and their codec. */
@NullMarked
package io.socle.realtime.contracts.frame;

import org.jspecify.annotations.NullMarked;
