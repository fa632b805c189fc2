package io.heliosjdbc.classifier;

/** How many of a lane's criteria must hold. */
public enum RouteMatch {
    /** Each of those that can be decided, and at least one can. */
    ALL,
    /** One of them. */
    ANY
}
