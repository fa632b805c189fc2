/** CH: TPC-H's questions asked of TPC-C's tables and three more (thesis, appendix B). */
@NullMarked
package io.heliosjdbc.tpcc.ch;

import org.jspecify.annotations.NullMarked;
