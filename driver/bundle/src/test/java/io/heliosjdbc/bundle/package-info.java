/** The bundle as users have it. */
@NullMarked
package io.heliosjdbc.bundle;

import org.jspecify.annotations.NullMarked;
