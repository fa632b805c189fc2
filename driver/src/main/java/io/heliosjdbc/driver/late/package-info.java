/** Which physical connection a logical one works on, and for how long. */
@NullMarked
package io.heliosjdbc.driver.late;

import org.jspecify.annotations.NullMarked;
