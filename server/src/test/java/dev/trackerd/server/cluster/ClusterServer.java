package dev.trackerd.server.cluster;

import dev.trackerd.server.ProgramProcess;
import dev.trackerd.server.RestClient;
import java.io.IOException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A server of a cluster.
 *
 * @param said what it printed until it was ready
 * @param grpc the address of its gRPC port
 * @param rest a client of its HTTP port
 */
record ClusterServer(ProgramProcess process, List<String> said, String grpc, RestClient rest) {
  private static final Pattern READY = Pattern.compile("ready grpc=(\\S+) http=(\\S+)");

  /** Waits until a process that was begun serves. */
  static ClusterServer ready(ProgramProcess process) throws IOException {
    List<String> said = process.untilReady();
    Matcher ready = READY.matcher(said.get(said.size() - 1));
    if (!ready.matches()) {
      throw new AssertionError(said);
    }
    return new ClusterServer(process, said, ready.group(1), new RestClient(ready.group(2)));
  }
}
