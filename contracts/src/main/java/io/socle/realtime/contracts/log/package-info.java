/** The log's records: Protobuf encoding of commands and deliveries, names of Kafka topics and headers. */
@NullMarked
package io.socle.realtime.contracts.log;

import org.jspecify.annotations.NullMarked;
