package dev.trackerd.server.event;

import dev.trackerd.server.rpc.PageTokens;
import dev.trackerd.server.rpc.RequestException;
import dev.trackerd.server.store.AccountId;
import dev.trackerd.server.store.Page;
import dev.trackerd.v1.ErrorReason;
import java.util.Optional;

/**
 * The {@code nextToken} of one list of one account, as AWS' services have it: none for the first
 * page, and one that was made for another list, filter or account is refused.
 *
 * @param list names the list and its filter
 */
record NextTokens(PageTokens tokens, AccountId account, String list) {

  /**
   * The place that the page before ended with, 0 without a token.
   *
   * @throws RequestException NEXT_TOKEN_INVALID
   */
  long parse(Optional<String> token) {
    if (token.isEmpty()) {
      return 0;
    }
    return tokens
        .read(account, list, token.get())
        .orElseThrow(
            () -> new RequestException(ErrorReason.NEXT_TOKEN_INVALID, "The token is not valid."));
  }

  /** The token for what follows a page, if anything does. */
  Optional<String> after(Page<?> page) {
    return page.next().isEmpty()
        ? Optional.empty()
        : Optional.of(tokens.of(account, list, page.next().getAsLong()));
  }
}
