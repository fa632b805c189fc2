/** The command {@code helios decisions}: what a decision costs, of the scheduler and of the classifier. */
@NullMarked
package io.heliosjdbc.overhead.decisions;

import org.jspecify.annotations.NullMarked;
