package dev.trackerd.server.auth;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import dev.trackerd.server.auth.TokenCodec.Claims;
import dev.trackerd.server.auth.TokenCodec.Refused;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Issues and verifies tokens that are good for one RPC and one minute: who proved by a signature
 * that they want one thing gets a token for no other. Otherwise like {@link AccessTokens}, except
 * that each is issued once and looked at once, so that none is remembered. Thread-safe.
 */
public final class RpcTokens {
  private static final Logger log = LoggerFactory.getLogger(RpcTokens.class);

  /** More RPCs than there are; names come from callers. */
  private static final int MAX_CODECS = 256;

  private final ApiKeys keys;
  private final Clock clock;
  private final TokenCodec anyRpc;
  private final LoadingCache<String, TokenCodec> codecs;

  private RpcTokens(MasterKey master, ApiKeys keys, Clock clock) {
    this.keys = keys;
    this.clock = clock;
    this.anyRpc = TokenCodec.of(master, TokenForm.oneRpc(""));
    this.codecs =
        Caffeine.newBuilder()
            .maximumSize(MAX_CODECS)
            .executor(Runnable::run)
            .build(rpc -> TokenCodec.of(master, TokenForm.oneRpc(rpc)));
  }

  /**
   * Sets up tokens for the keys of a store.
   *
   * @param master signs the tokens
   * @param clock dates tokens and says when they have expired
   */
  public static RpcTokens of(MasterKey master, ApiKeys keys, Clock clock) {
    return new RpcTokens(master, keys, clock);
  }

  /**
   * Issues a token.
   *
   * @param caller as {@link SigV4#verify} returned it
   * @param rpc the full name of the method, such as {@code tracker.v1.TrackerService/Delete}
   */
  public AccessToken issue(Caller caller, String rpc) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    Instant expiresAt = now.plus(TokenForm.oneRpc(rpc).lifetime());
    String token = codecs.get(rpc).sign(new Claims(caller, now, expiresAt));
    return new AccessToken(token, (int) ChronoUnit.SECONDS.between(now, expiresAt));
  }

  /** Whether a token is to be verified here, and not by {@link AccessTokens}. */
  public boolean isOne(String token) {
    return anyRpc.isOfType(token);
  }

  /**
   * Verifies a token for a call of {@code rpc}. Blocks for a look at the store if the key has not
   * been looked at for five seconds.
   *
   * @return who calls
   * @throws InvalidTokenException if it was issued for another RPC or not with this master key, was
   *     altered, has expired, or its API key was revoked
   */
  public Caller verify(String token, String rpc) throws InvalidTokenException {
    try {
      return check(token, rpc);
    } catch (Refused e) {
      log.debug("Token for one RPC refused: {}", e.getMessage());
      throw new InvalidTokenException();
    }
  }

  /**
   * Does as much of {@link #verify} as can be done without blocking.
   *
   * @throws InvalidTokenException as {@link #verify} does, as far as that can be said
   */
  public Verification look(String token, String rpc) throws InvalidTokenException {
    try {
      Caller caller = claims(token, rpc).caller();
      Optional<Boolean> active = keys.isKnownActive(caller);
      if (active.isPresent() && !active.get()) {
        throw new Refused("key revoked or unknown");
      }
      return new Verification(caller, active.isPresent());
    } catch (Refused e) {
      log.debug("Token for one RPC refused: {}", e.getMessage());
      throw new InvalidTokenException();
    }
  }

  private Caller check(String token, String rpc) throws Refused {
    Caller caller = claims(token, rpc).caller();
    if (!keys.isActive(caller)) {
      throw new Refused("key revoked or unknown");
    }
    return caller;
  }

  private Claims claims(String token, String rpc) throws Refused {
    if (token.length() > AccessTokens.MAX_LENGTH) {
      throw new Refused("longer than " + AccessTokens.MAX_LENGTH + " characters");
    }
    Claims claims = codecs.get(rpc).read(token);
    claims.require(clock.instant());
    return claims;
  }
}
