/** Tests. */
@NullMarked
package io.socle.realtime.contracts.config;

import org.jspecify.annotations.NullMarked;
