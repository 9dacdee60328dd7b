package dev.trackerd.gateway.transcode;

import com.google.protobuf.Any;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.BadRequest;
import com.google.rpc.BadRequest.FieldViolation;
import com.google.rpc.Status;
import dev.trackerd.gateway.json.TranscodeException.Violation;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What those who call by a rule name the fields of its request: a service tells paths in the
 * request message, {@code trackers[1].exclude_vocabulary}, but they sent an array and know {@code
 * [1].excludeVocabulary}. Immutable.
 */
final class CallerNames {
  /** A name and what stands in brackets after it, if anything. */
  private static final Pattern PART = Pattern.compile("(\\w+)((?:\\[[^\\]]*])*)(?:\\.|$)");

  private final Descriptor request;
  private final Optional<FieldDescriptor> body;

  /**
   * The names of one rule.
   *
   * @param body the field that the whole body is; empty if it is the request, or there is none
   */
  CallerNames(Descriptor request, Optional<FieldDescriptor> body) {
    this.request = request;
    this.body = body;
  }

  /**
   * Returns the caller's name of a field: its path by JSON names from the root of the body, or its
   * name in the query; empty for the body as a whole. What is no path in the request stays as it
   * is.
   */
  String of(String path) {
    StringBuilder name = new StringBuilder();
    Descriptor at = request;
    Matcher part = PART.matcher(path);
    int end = 0;
    while (at != null && end < path.length() && part.find(end) && part.start() == end) {
      FieldDescriptor field = at.findFieldByName(part.group(1));
      if (field == null) {
        return path;
      }
      if (end > 0 || !body.equals(Optional.of(field))) {
        name.append(name.length() == 0 ? "" : ".").append(field.getJsonName());
      }
      name.append(part.group(2));
      at = field.getJavaType() == FieldDescriptor.JavaType.MESSAGE ? field.getMessageType() : null;
      end = part.end();
    }
    return end == path.length() ? name.toString() : path;
  }

  /**
   * Returns a failure with the caller's names of fields in its details, and in its message if that
   * was made of the details.
   */
  Status in(Status failure) {
    for (int i = 0; i < failure.getDetailsCount(); i++) {
      Any detail = failure.getDetails(i);
      if (detail.is(BadRequest.class)) {
        return in(failure, i, detail);
      }
    }
    return failure;
  }

  private Status in(Status failure, int at, Any detail) {
    try {
      BadRequest told = detail.unpack(BadRequest.class);
      BadRequest.Builder named = told.toBuilder();
      named.getFieldViolationsBuilderList().forEach(each -> each.setField(of(each.getField())));
      Status.Builder status = failure.toBuilder().setDetails(at, Any.pack(named.build()));
      if (failure.getMessage().equals(text(told.getFieldViolationsList()))) {
        status.setMessage(text(named.getFieldViolationsList()));
      }
      return status.build();
    } catch (InvalidProtocolBufferException e) {
      return failure; // What nobody can read is printed for nobody.
    }
  }

  private static String text(List<FieldViolation> violations) {
    return Violation.text(
        violations.stream().map(v -> new Violation(v.getField(), v.getDescription())).toList());
  }
}
