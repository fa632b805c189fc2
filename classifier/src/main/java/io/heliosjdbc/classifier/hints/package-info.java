/** What do comments and client info ask for? The keys, what they take, and sqlcommenter's tags. */
@NullMarked
package io.heliosjdbc.classifier.hints;

import org.jspecify.annotations.NullMarked;
