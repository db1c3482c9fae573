package io.socle.realtime.gateway.pressure;

import java.time.Duration;

/**
 * What publishers may load an owner with.
 *
 * @param publishWait the longest wait that a publish may have to expect; beyond it publishes are refused
 * @param publishLag the wait from which publishers are told
 */
public record PressureLimits(Duration publishWait, Duration publishLag) {}
