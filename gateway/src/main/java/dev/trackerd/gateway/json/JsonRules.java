package dev.trackerd.gateway.json;

/** Which JSON a reader takes and a writer makes of a message. */
public enum JsonRules {

  /**
   * ProtoJSON (protobuf.dev, "ProtoJSON format"), read strictly: a member has its JSON name or the
   * one in the proto file, and is refused if the type does not have it.
   */
  PROTO_JSON,

  /** The same, but members that the type does not have are passed over, at every level. */
  PROTO_JSON_LENIENT,

  /**
   * awsJson1_1 (Smithy 2.0, "AWS JSON 1.1 protocol"): a member has its JSON name only, unknown ones
   * are passed over, numbers are never strings.
   */
  AWS_JSON;

  boolean refusesUnknown() {
    return this == PROTO_JSON;
  }

  boolean takesProtoNames() {
    return this != AWS_JSON;
  }

  /** How many faults of one document are told: AWS' services tell one. */
  int maxFaults() {
    return this == AWS_JSON ? 1 : Faults.MAX;
  }

  /** ProtoJSON writes 64 bits as a string, and reads any number from one. */
  boolean hasTextNumbers() {
    return this != AWS_JSON;
  }
}
