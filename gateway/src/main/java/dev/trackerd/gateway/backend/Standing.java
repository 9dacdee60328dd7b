package dev.trackerd.gateway.backend;

/** How a connected server stands by its last probe, best first. */
enum Standing {
  /** Says that it serves, or has no way to say anything. */
  SERVING,

  /** Says that it does not serve: it ends, or something that it needs is gone. */
  NOT_SERVING,

  /** Says nothing in time: it hangs. */
  SILENT
}
