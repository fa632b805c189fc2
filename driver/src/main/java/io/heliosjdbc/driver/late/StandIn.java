package io.heliosjdbc.driver.late;

import java.sql.SQLException;
import java.sql.Wrapper;

/**
 * Stands for an object of the vendor's that is there only at times. Thread-safe as far as the vendor's objects are.
 *
 * @param <T> the JDBC interface of both
 */
public interface StandIn<T extends Wrapper> {

    /** Who is to be asked: this one, or once it is closed, an object of the vendor's that is closed too. */
    T face();

    /** The vendor's object, from now on kept until the logical connection is closed. */
    T vendors() throws SQLException;

    /** The vendor's objects' class. */
    Class<?> vendorsClass();
}
