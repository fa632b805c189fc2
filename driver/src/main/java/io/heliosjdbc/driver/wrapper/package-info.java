/** What the application holds in its hands: wrappers generated around the vendor's objects. */
@NullMarked
package io.heliosjdbc.driver.wrapper;

import org.jspecify.annotations.NullMarked;
