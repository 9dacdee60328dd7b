package dev.trackerd.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;

/** A signed request that can be changed before and, as no SDK would, after it is signed. */
final class AwsRequest {
  private final RunningServer server;
  private final Map<String, String> headers = new LinkedHashMap<>();
  private String body;
  private String query = "";
  private String id = "app1";
  private String secret = "secret1";
  private String region = "us-east-1";
  private String service = "personalize";
  private Duration late = Duration.ZERO;

  AwsRequest(RunningServer server, String operation, String body) {
    this.server = server;
    this.body = body;
    headers.put("X-Amz-Target", "AmazonPersonalize." + operation);
    headers.put("Content-Type", "application/x-amz-json-1.1");
  }

  AwsRequest header(String name, String value) {
    headers.put(name, value);
    return this;
  }

  AwsRequest without(String name) {
    headers.remove(name);
    return this;
  }

  AwsRequest body(String other) {
    body = other;
    return this;
  }

  AwsRequest query(String other) {
    query = "?" + other;
    return this;
  }

  AwsRequest key(String otherId, String otherSecret) {
    id = otherId;
    secret = otherSecret;
    return this;
  }

  AwsRequest scope(String otherRegion, String otherService) {
    region = otherRegion;
    service = otherService;
    return this;
  }

  /** Signs with a clock that is wrong by so much. */
  AwsRequest clock(Duration offset) {
    late = offset;
    return this;
  }

  /** Signs what is there now. */
  AwsRequest sign() {
    SdkHttpRequest.Builder request =
        SdkHttpRequest.builder()
            .method(SdkHttpMethod.POST)
            .uri(URI.create(server.server.httpUrl() + "/" + query));
    headers.forEach(request::putHeader);
    ContentStreamProvider payload = ContentStreamProvider.fromByteArray(body.getBytes(UTF_8));
    SdkHttpRequest signed =
        AwsV4HttpSigner.create()
            .sign(
                r ->
                    r.identity(AwsCredentialsIdentity.create(id, secret))
                        .request(request.build())
                        .payload(payload)
                        .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, service)
                        .putProperty(AwsV4HttpSigner.REGION_NAME, region)
                        .putProperty(
                            HttpSigner.SIGNING_CLOCK, Clock.offset(Clock.systemUTC(), late)))
            .request();
    headers.clear();
    signed.forEachHeader((name, values) -> headers.put(name, String.join(",", values)));
    // What HttpClient writes by itself, and writes the same.
    headers.remove("Host");
    return this;
  }

  RunningServer.Answer send() {
    List<String> all = new ArrayList<>();
    headers.forEach((name, value) -> all.addAll(List.of(name, value)));
    return server.call("POST", "/" + query, body, all.toArray(String[]::new));
  }
}
