/** What a decision of the scheduler costs: by discipline and length of the queue, and beside a semaphore. */
@NullMarked
package io.heliosjdbc.overhead.scheduling;

import org.jspecify.annotations.NullMarked;
