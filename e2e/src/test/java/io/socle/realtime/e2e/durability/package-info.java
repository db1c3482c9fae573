/** Publishers and subscribers that go on through crashes, and the ledger that proves what was promised. */
@NullMarked
package io.socle.realtime.e2e.durability;

import org.jspecify.annotations.NullMarked;
