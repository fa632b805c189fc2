/** The workload manager of one database: it composes classifier, books and scheduler, and speaks JDBC's errors. */
@NullMarked
package io.heliosjdbc.driver.manager;

import org.jspecify.annotations.NullMarked;
