/** Service mapping: request to user load, user load or features to service class, with the reason of every decision. */
@NullMarked
package io.heliosjdbc.classifier;

import org.jspecify.annotations.NullMarked;
