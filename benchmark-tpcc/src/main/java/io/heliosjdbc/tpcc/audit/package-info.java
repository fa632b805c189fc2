/** Was it TPC-C that was answered? The mix as it really came, beside what an audit accepts. */
@NullMarked
package io.heliosjdbc.tpcc.audit;

import org.jspecify.annotations.NullMarked;
