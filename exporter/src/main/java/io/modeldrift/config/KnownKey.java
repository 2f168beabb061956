package io.modeldrift.config;

/**
 * A key that configuration may have.
 *
 * @param path with {@code []} for the elements of a list and {@code *} for free names
 * @param kind what its value is, for a person
 * @param defaultText its value if nobody sets it; empty if there is none
 */
public record KnownKey(String path, String kind, String defaultText) {}
