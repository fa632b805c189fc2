/** How good is the learned classifier on a corpus? The command {@code classify}. */
@NullMarked
package io.heliosjdbc.classifier.command;

import org.jspecify.annotations.NullMarked;
