/** What can be known of a statement by its text? Values alone; how they are read off is the affair of {@code reading}. */
@NullMarked
package io.heliosjdbc.classifier.statement;

import org.jspecify.annotations.NullMarked;
