/** What the database knows of statements before they run: one engine per kind of database, asked in the background. */
@NullMarked
package io.heliosjdbc.driver.engine;

import org.jspecify.annotations.NullMarked;
