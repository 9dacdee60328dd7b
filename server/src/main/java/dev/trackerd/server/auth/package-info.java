/**
 * Who is calling: API keys, access tokens, and secrets at rest. Uses the credential store, Nimbus
 * for tokens and Tink for encryption; knows no gRPC and no HTTP.
 */
package dev.trackerd.server.auth;
