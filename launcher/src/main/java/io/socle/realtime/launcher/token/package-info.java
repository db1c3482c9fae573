/** Development keys and the tokens signed with them. */
@NullMarked
package io.socle.realtime.launcher.token;

import org.jspecify.annotations.NullMarked;
