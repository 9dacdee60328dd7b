package dev.trackerd.server.auth;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.trackerd.server.auth.TokenCodec.Claims;
import dev.trackerd.server.auth.TokenCodec.Refused;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Issues and verifies access tokens: JWTs good for one day, or until their API key is revoked. A
 * token is accepted by every process that has the same master key. Tokens that were verified before
 * cost no cryptography. Thread-safe.
 */
public final class AccessTokens {
  private static final Logger log = LoggerFactory.getLogger(AccessTokens.class);

  /** More than any token issued here; bounds the work an attacker can ask for. */
  static final int MAX_LENGTH = 8 * 1024;

  /** What is left of a token when a new one is issued in its place. */
  private static final long RENEW_SECONDS = 60;

  private static final int MAX_TOKENS = 20_000;

  private final ApiKeys keys;
  private final Clock clock;
  private final TokenCodec codec;
  private final Cache<Caller, Issued> issued =
      Caffeine.newBuilder().maximumSize(MAX_TOKENS).executor(Runnable::run).build();
  private final Cache<String, Claims> verified =
      Caffeine.newBuilder().maximumSize(MAX_TOKENS).executor(Runnable::run).build();

  private AccessTokens(ApiKeys keys, Clock clock, TokenCodec codec) {
    this.keys = keys;
    this.clock = clock;
    this.codec = codec;
  }

  /**
   * Sets up tokens for the keys of a store.
   *
   * @param master signs the tokens
   * @param clock dates tokens and says when they have expired
   */
  public static AccessTokens of(MasterKey master, ApiKeys keys, Clock clock) {
    return new AccessTokens(keys, clock, TokenCodec.of(master, TokenForm.ACCESS));
  }

  private record Issued(String token, Instant expiresAt) {
    long secondsLeft(Instant now) {
      return ChronoUnit.SECONDS.between(now, expiresAt);
    }
  }

  /**
   * Issues a token. A caller who asks again gets the same token from the same process, until less
   * than 60 seconds of it remain.
   *
   * @param caller as {@link ApiKeys#authenticate} returned it
   */
  public AccessToken issue(Caller caller) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    Issued token =
        issued.asMap().compute(caller, (c, old) -> isFresh(old, now) ? old : sign(c, now));
    return new AccessToken(token.token(), (int) token.secondsLeft(now));
  }

  // One issued "in the future" is not fresh either: the clock was set back since.
  private static boolean isFresh(Issued token, Instant now) {
    return token != null
        && token.secondsLeft(now) >= RENEW_SECONDS
        && token.secondsLeft(now) <= TokenForm.ACCESS.lifetime().toSeconds();
  }

  private Issued sign(Caller caller, Instant now) {
    Instant expiresAt = now.plus(TokenForm.ACCESS.lifetime());
    return new Issued(codec.sign(new Claims(caller, now, expiresAt)), expiresAt);
  }

  /**
   * Verifies a token. Blocks for a look at the store if the key has not been looked at for five
   * seconds.
   *
   * @param token the JWT alone, without the word {@code Bearer}
   * @return who calls
   * @throws InvalidTokenException if it was not issued with this master key, was altered, has
   *     expired, or its API key was revoked
   */
  public Caller verify(String token) throws InvalidTokenException {
    try {
      return check(token);
    } catch (Refused e) {
      log.debug("Token refused: {}", e.getMessage());
      throw new InvalidTokenException();
    }
  }

  /**
   * Does as much of {@link #verify} as can be done without blocking.
   *
   * @throws InvalidTokenException as {@link #verify} does, as far as that can be said
   */
  public Verification look(String token) throws InvalidTokenException {
    try {
      Claims claims = claims(token);
      Optional<Boolean> active = keys.isKnownActive(claims.caller());
      if (active.isPresent()) {
        require(active.get());
        remember(token, claims);
      }
      return new Verification(claims.caller(), active.isPresent());
    } catch (Refused e) {
      log.debug("Token refused: {}", e.getMessage());
      throw new InvalidTokenException();
    }
  }

  private Caller check(String token) throws Refused {
    Claims claims = claims(token);
    require(keys.isActive(claims.caller()));
    remember(token, claims);
    return claims.caller();
  }

  private Claims claims(String token) throws Refused {
    if (token.length() > MAX_LENGTH) {
      throw new Refused("longer than " + MAX_LENGTH + " characters");
    }
    Claims known = verified.getIfPresent(token);
    Claims claims = known == null ? codec.read(token) : known;
    claims.require(clock.instant());
    return claims;
  }

  private void remember(String token, Claims claims) {
    // Put again, what is known would be the newest each time, at the price of a write.
    if (verified.getIfPresent(token) == null) {
      verified.put(token, claims);
    }
  }

  private static void require(boolean active) throws Refused {
    if (!active) {
      throw new Refused("key revoked or unknown");
    }
  }
}
