package io.heliosjdbc.agreements;

/** Whose transactions share one conformance account of a user load. */
public enum AccountPer {
    /** One account for the whole user load; the default. */
    LOAD,
    /** One account per database user. */
    USER,
    /** One account per application name. */
    APPLICATION,
    /** One account per client, as told by {@code helios.client}. */
    CLIENT,
    /** One account per tenant. */
    TENANT
}
