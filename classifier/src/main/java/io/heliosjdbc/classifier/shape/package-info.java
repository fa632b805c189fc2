/** What of a text does the learned classifier go by? How queries find their rows, and the words around which they are built. */
@NullMarked
package io.heliosjdbc.classifier.shape;

import org.jspecify.annotations.NullMarked;
