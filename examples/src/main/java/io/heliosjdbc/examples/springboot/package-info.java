/** A shop on Spring Boot, HikariCP and PostgreSQL; two lines of its {@code application.yml} know of Helios. */
@NullMarked
package io.heliosjdbc.examples.springboot;

import org.jspecify.annotations.NullMarked;
