package dev.trackerd.gateway.transcode;

import com.google.rpc.Status;

/** The JSON form of an error. */
public final class StatusJson {

  private StatusJson() {}

  /**
   * Returns a status as compact JSON in UTF-8: {@code
   * {"code":5,"message":"…","details":[{"@type":"type.googleapis.com/google.rpc.ErrorInfo",…}]}}.
   * All three members are always there. Details of types other than those of {@code google.rpc} are
   * dropped.
   */
  public static byte[] print(Status status) {
    throw new UnsupportedOperationException();
  }
}
