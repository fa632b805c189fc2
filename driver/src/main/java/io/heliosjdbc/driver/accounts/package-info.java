/** How do accounts outlive the virtual machine? Their file or tables, its owner, and the statements of what is owed. */
@NullMarked
package io.heliosjdbc.driver.accounts;

import org.jspecify.annotations.NullMarked;
