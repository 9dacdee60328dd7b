package dev.trackerd.server.assembly;

import dev.trackerd.server.auth.AccessTokens;
import dev.trackerd.server.auth.ApiKeys;
import dev.trackerd.server.auth.MasterKey;
import dev.trackerd.server.auth.RpcTokens;
import dev.trackerd.server.auth.SigV4;
import dev.trackerd.server.event.DatasetGrpcService;
import dev.trackerd.server.event.TagGrpcService;
import dev.trackerd.server.rpc.AccountInterceptor;
import dev.trackerd.server.rpc.Admission;
import dev.trackerd.server.store.Stores;
import dev.trackerd.server.token.SignatureTokens;
import dev.trackerd.server.token.TokenGrpcService;
import dev.trackerd.server.tracker.ServiceSettings;
import dev.trackerd.server.tracker.TrackerGrpcService;
import io.grpc.ServerInterceptors;
import io.grpc.ServerServiceDefinition;
import java.time.Clock;
import java.util.List;
import java.util.function.Function;

/** The program's own services, over open stores. */
final class Services {
  // The name of Amazon Personalize in the scope of signatures.
  private static final String SIGNING_NAME = "personalize";
  private static final int PAGE_TOKEN_KEY_BYTES = 32;

  private Services() {}

  /** Makes the services, to be bound; the stores stay the caller's to close, after the services. */
  static Function<Admission, List<ServerServiceDefinition>> of(
      ServiceSettings settings, Stores stores, MasterKey master, ApiKeys keys) {
    Clock clock = Clock.systemUTC();
    AccessTokens tokens = AccessTokens.of(master, keys, clock);
    RpcTokens rpcTokens = RpcTokens.of(master, keys, clock);
    SigV4 signatures =
        new SigV4(settings.eventTrackers().region(), SIGNING_NAME, keys::secretOf, clock);
    byte[] pageTokenKey = master.derive("page tokens", PAGE_TOKEN_KEY_BYTES);
    AccountInterceptor accounts = new AccountInterceptor(tokens, rpcTokens);
    TokenGrpcService issuing =
        new TokenGrpcService(keys, tokens, new SignatureTokens(signatures, rpcTokens));
    TrackerGrpcService trackers =
        new TrackerGrpcService(stores.trackers(), stores.eventTrackers(), settings, pageTokenKey);
    DatasetGrpcService datasets =
        new DatasetGrpcService(stores.eventTrackers(), settings.eventTrackers(), pageTokenKey);
    TagGrpcService tags = new TagGrpcService(stores.tags(), settings.eventTrackers());
    return admission ->
        List.of(
            issuing.bind(admission),
            ServerInterceptors.intercept(trackers.bind(admission, stores.idempotency()), accounts),
            ServerInterceptors.intercept(datasets.bind(admission, stores.idempotency()), accounts),
            ServerInterceptors.intercept(tags.bind(admission), accounts));
  }
}
