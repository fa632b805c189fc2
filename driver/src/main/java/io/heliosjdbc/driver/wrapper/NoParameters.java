package io.heliosjdbc.driver.wrapper;

import java.sql.ParameterMetaData;
import java.sql.SQLException;
import java.sql.SQLNonTransientException;

/** The parameters of an admin statement: none. Stateless. */
enum NoParameters implements ParameterMetaData {
    INSTANCE;

    static SQLException refusal() {
        return new SQLNonTransientException("A statement that Helios answers itself has no parameters", "07009");
    }

    @Override
    public int getParameterCount() {
        return 0;
    }

    @Override
    public int isNullable(int parameter) throws SQLException {
        throw refusal();
    }

    @Override
    public boolean isSigned(int parameter) throws SQLException {
        throw refusal();
    }

    @Override
    public int getPrecision(int parameter) throws SQLException {
        throw refusal();
    }

    @Override
    public int getScale(int parameter) throws SQLException {
        throw refusal();
    }

    @Override
    public int getParameterType(int parameter) throws SQLException {
        throw refusal();
    }

    @Override
    public String getParameterTypeName(int parameter) throws SQLException {
        throw refusal();
    }

    @Override
    public String getParameterClassName(int parameter) throws SQLException {
        throw refusal();
    }

    @Override
    public int getParameterMode(int parameter) throws SQLException {
        throw refusal();
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        if (type.isInstance(this)) {
            return type.cast(this);
        }
        throw new SQLNonTransientException("Not a wrapper for " + type.getName(), "HY024");
    }

    @Override
    public boolean isWrapperFor(Class<?> type) {
        return type.isInstance(this);
    }
}
