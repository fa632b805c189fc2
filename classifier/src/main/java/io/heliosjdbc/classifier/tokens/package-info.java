/** Which words is a text made of? The lexer, the tokens of a text, and the words that it knows. Of whole statements nothing. */
@NullMarked
package io.heliosjdbc.classifier.tokens;

import org.jspecify.annotations.NullMarked;
