package dev.trackerd.gateway.backend;

import dev.trackerd.gateway.call.Attempts;
import io.grpc.ConnectivityState;
import io.grpc.ConnectivityStateInfo;
import io.grpc.EquivalentAddressGroup;
import io.grpc.LoadBalancer.CreateSubchannelArgs;
import io.grpc.LoadBalancer.Helper;
import io.grpc.LoadBalancer.PickResult;
import io.grpc.LoadBalancer.Subchannel;
import io.grpc.Status;

/**
 * One server: its connection, and how it stands. Stays connected until it is closed. Belongs to the
 * channel's synchronization context, but for what is said to be for any thread.
 */
final class BackendServer {

  private final Helper helper;
  private final Subchannel connection;
  private final HealthProbe probe;
  private final PickResult pick;
  private final Runnable changed;
  private final Attempts attempts = new Attempts();
  private Standing standing;
  private Status failure;
  private boolean closed;

  /**
   * Starts to connect.
   *
   * @param changed told when the standing or the failure may be another one
   */
  BackendServer(Helper helper, EquivalentAddressGroup address, Runnable changed) {
    this.helper = helper;
    this.changed = changed;
    this.connection =
        helper.createSubchannel(CreateSubchannelArgs.newBuilder().setAddresses(address).build());
    this.probe = new HealthProbe(helper, address, this::stand);
    this.pick = PickResult.withSubchannel(connection);
    connection.start(this::connect);
    connection.requestConnection();
  }

  /** Returns how it stands; null if it is not connected or has not been asked yet. */
  Standing standing() {
    return standing;
  }

  /** Returns why it can't be reached; null if it can or has not been tried yet. */
  Status failure() {
    return failure;
  }

  /** Returns how to give it a call. Any thread. */
  PickResult pick() {
    return pick;
  }

  /** Returns the calls under way on it that may be made elsewhere. Any thread. */
  Attempts attempts() {
    return attempts;
  }

  /** Gives up what may be made elsewhere. */
  void abandon() {
    attempts.abandon();
  }

  /** Gives it no more calls; those under way go on to their ends. */
  void close() {
    closed = true;
    probe.close();
    connection.shutdown();
  }

  private void connect(ConnectivityStateInfo info) {
    ConnectivityState state = info.getState();
    if (closed) {
      // It may go on to connect for some seconds.
      return;
    }
    standing = null;
    if (state == ConnectivityState.READY) {
      failure = null;
      probe.start();
    } else {
      probe.stop();
    }
    if (state == ConnectivityState.TRANSIENT_FAILURE) {
      // Until it is reached: each further try is no reason for calls to wait.
      failure = info.getStatus();
    }
    if (state == ConnectivityState.IDLE) {
      connection.requestConnection();
    }
    if (state == ConnectivityState.IDLE || state == ConnectivityState.TRANSIENT_FAILURE) {
      // It may have moved.
      helper.refreshNameResolution();
    }
    changed.run();
  }

  private void stand(Standing told) {
    standing = told;
    changed.run();
  }
}
