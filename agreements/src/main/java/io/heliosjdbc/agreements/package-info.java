/** Service level agreements as immutable records, read from XML files that are refused whole when they are faulty. */
@NullMarked
package io.heliosjdbc.agreements;

import org.jspecify.annotations.NullMarked;
