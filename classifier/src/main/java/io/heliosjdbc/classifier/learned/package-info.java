/** The learned classifier: a model over features of a text, and how it learns from what statements turn out to be. */
@NullMarked
package io.heliosjdbc.classifier.learned;

import org.jspecify.annotations.NullMarked;
