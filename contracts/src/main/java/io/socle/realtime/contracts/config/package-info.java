/** Rules of configuration that all services share. */
@NullMarked
package io.socle.realtime.contracts.config;

import org.jspecify.annotations.NullMarked;
