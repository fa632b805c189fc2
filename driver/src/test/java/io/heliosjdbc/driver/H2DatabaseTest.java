package io.heliosjdbc.driver;

/** The contract on H2. */
class H2DatabaseTest extends DatabaseContract {
    @Override
    String location() {
        return "h2:mem:database_test;DB_CLOSE_DELAY=-1";
    }

    @Override
    String with(String location, String... parameters) {
        return location + (parameters.length == 0 ? "" : ";" + String.join(";", parameters));
    }
}
