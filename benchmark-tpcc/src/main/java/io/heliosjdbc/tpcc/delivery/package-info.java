/** What was queued, and what became of it? Deliveries that are deferred, on whosever behalf. */
@NullMarked
package io.heliosjdbc.tpcc.delivery;

import org.jspecify.annotations.NullMarked;
