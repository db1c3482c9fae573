/** Tests of the failure table and its page. */
@NullMarked
package io.socle.realtime.contracts.failure;

import org.jspecify.annotations.NullMarked;
