package io.heliosjdbc.examples.scenarios;

/**
 * A statement of a scenario and where Helios sent it. Immutable.
 *
 * @param what the statement in the application's words
 * @param serviceClass the class whose slot it took
 * @param userLoad the user load whose promise it counts for
 * @param reason why, in Helios's words
 */
public record Step(String what, String serviceClass, String userLoad, String reason) {}
