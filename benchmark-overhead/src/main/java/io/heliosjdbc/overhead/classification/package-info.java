/** What a decision of the classifier costs: of a statement seen before, of a new one, and of the criteria alone. */
@NullMarked
package io.heliosjdbc.overhead.classification;

import org.jspecify.annotations.NullMarked;
