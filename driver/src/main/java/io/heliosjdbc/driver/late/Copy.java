package io.heliosjdbc.driver.late;

import java.lang.reflect.Array;
import java.sql.Timestamp;
import java.util.Calendar;
import java.util.Date;
import org.jspecify.annotations.Nullable;

/**
 * Values that stay as they are, whatever becomes of those that the application has: it may fill the same object for each row, and most drivers
 * read it at once. Stateless.
 */
final class Copy {
    private Copy() {}

    /** A copy of what can be changed and copied, such as dates, arrays and the vendor's own objects; anything else as it is. */
    @SuppressWarnings("unchecked")
    static <T> @Nullable T of(@Nullable T value) {
        return value instanceof Cloneable ? (T) copied(value) : value;
    }

    /** Likewise, down to the elements. */
    static Object[] of(Object[] elements) {
        Object[] copies = elements.clone();
        for (int i = 0; i < copies.length; i++) {
            copies[i] = of(copies[i]);
        }
        return copies;
    }

    @SuppressWarnings("JavaUtilDate")
    private static Object copied(Object value) {
        if (value instanceof byte[] bytes) {
            return bytes.clone();
        }
        if (value.getClass() == Timestamp.class) {
            // The virtual machine takes ten times as long for a clone, and of these there are many.
            Timestamp instant = (Timestamp) value;
            Timestamp copy = new Timestamp(instant.getTime());
            copy.setNanos(instant.getNanos());
            return copy;
        }
        if (value instanceof Date date) {
            return date.clone();
        }
        if (value instanceof Calendar calendar) {
            return calendar.clone();
        }
        if (value instanceof Object[] elements) {
            return of(elements);
        }
        return value.getClass().isArray() ? ofPrimitives(value) : cloned(value);
    }

    private static Object ofPrimitives(Object array) {
        int length = Array.getLength(array);
        Object copy = Array.newInstance(array.getClass().getComponentType(), length);
        System.arraycopy(array, 0, copy, 0, length);
        return copy;
    }

    /** By its own public method, if it has one. */
    private static Object cloned(Object value) {
        try {
            return value.getClass().getMethod("clone").invoke(value);
        } catch (ReflectiveOperationException | RuntimeException itCannotBe) {
            return value;
        }
    }
}
