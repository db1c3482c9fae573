/** What every service does around its work: checks at its start, and a watch on its clock. */
@NullMarked
package io.socle.realtime.shell.app;

import org.jspecify.annotations.NullMarked;
