/** Tests of the log's records and topics. */
@NullMarked
package io.socle.realtime.contracts.log;

import org.jspecify.annotations.NullMarked;
