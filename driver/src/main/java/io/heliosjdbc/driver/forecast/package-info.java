/** What would become of the statements of a dry run: what is kept of them, and their replay in virtual time. */
@NullMarked
package io.heliosjdbc.driver.forecast;

import org.jspecify.annotations.NullMarked;
