/** Small programs to copy, each started by {@link io.heliosjdbc.examples.Main}. */
@NullMarked
package io.heliosjdbc.examples;

import org.jspecify.annotations.NullMarked;
