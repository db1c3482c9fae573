/** What gateways and owners ask of an owner; each command has one partition and so one order. */
@NullMarked
package io.socle.realtime.contracts.command;

import org.jspecify.annotations.NullMarked;
