package dev.trackerd.server.auth;

import dev.trackerd.server.store.AccountId;

/**
 * Who makes a call, as its verified credential says.
 *
 * @param account whose data the call sees
 * @param keyId the API key behind the credential
 */
public record Caller(AccountId account, String keyId) {}
