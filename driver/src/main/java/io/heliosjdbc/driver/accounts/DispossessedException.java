package io.heliosjdbc.driver.accounts;

import java.io.IOException;

/** Somebody else owns the accounts by now, and goes on from what was written down: whoever owned them must not write any more. */
final class DispossessedException extends IOException {
    private static final long serialVersionUID = 1;

    DispossessedException() {
        super("another process has taken them over, because this one was not heard of for a while");
    }
}
