/** What was promised, whether it was kept, and what is owed: reckoned by the harness, alike in all its commands. */
@NullMarked
package io.heliosjdbc.tpcc.promises;

import org.jspecify.annotations.NullMarked;
