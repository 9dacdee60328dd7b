package dev.trackerd.server.event;

import dev.trackerd.server.auth.Caller;
import dev.trackerd.server.rpc.PageTokens;
import dev.trackerd.server.rpc.RequestException;
import dev.trackerd.server.rpc.RpcContext;
import dev.trackerd.server.store.AccountId;
import dev.trackerd.server.store.Page;
import java.util.Optional;

/**
 * A page of a list that a request asks for, as AWS' services do it.
 *
 * @param account whose list it is
 * @param datasetGroup the name of the one dataset group to look at, if any; "" for one that does
 *     not exist
 * @param after the place that the page before ended with, 0 for the first page
 * @param limit the most items of the page
 * @param tokens makes the token for the next page
 */
record Listing(
    AccountId account, Optional<String> datasetGroup, long after, int limit, NextTokens tokens) {

  /** The members of a request that all lists have. */
  record Query(
      Optional<String> datasetGroupArn, Optional<String> nextToken, Optional<Integer> maxResults) {}

  /** Opens the lists of one service. */
  record Opener(Resources resources, PageTokens tokens) {

    /**
     * Checks a request of the current caller.
     *
     * @param operation the RPC's name
     * @throws RequestException FIELD_INVALID, ACCOUNT_MISMATCH or NEXT_TOKEN_INVALID
     */
    Listing open(String operation, Query query) {
      EventTrackerChecks.check(query);
      Caller caller = RpcContext.currentCaller();
      Optional<String> group =
          query.datasetGroupArn().map(arn -> resources.datasetGroup(caller, operation, arn));
      String list = operation + group.map("/"::concat).orElse("");
      NextTokens nextTokens = new NextTokens(tokens, caller.account(), list);
      return new Listing(
          caller.account(),
          group,
          nextTokens.parse(query.nextToken()),
          query.maxResults().orElse(EventTrackerChecks.MAX_RESULTS),
          nextTokens);
    }
  }

  /** The token for what follows a page of this list, if anything does. */
  Optional<String> nextToken(Page<?> page) {
    return tokens.after(page);
  }
}
