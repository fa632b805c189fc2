/** Three applications in miniature, whose statements go different ways. */
@NullMarked
package io.heliosjdbc.examples.scenarios;

import org.jspecify.annotations.NullMarked;
