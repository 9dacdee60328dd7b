package dev.trackerd.server.auth;

/**
 * What can be said of a token without asking the store.
 *
 * @param caller who calls, by a good signature
 * @param complete whether the caller's key was looked at in the last seconds and is active; if not,
 *     the token is to be verified again by a thread that may block
 */
public record Verification(Caller caller, boolean complete) {}
