package dev.trackerd.server.transfer;

import com.google.protobuf.ByteString;
import dev.trackerd.server.store.StoreContents;
import dev.trackerd.server.store.StoreContents.Scope;
import dev.trackerd.server.store.StoreEntry;
import dev.trackerd.v1.ExportHead;
import dev.trackerd.v1.ExportLine;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;

/** Writes one state of a store as lines. Stores that hold the same give the same lines. */
public final class Export implements StoreContents.Reader {
  private final OutputStream out;
  private final TransferProgress progress;
  private final EntryCounts counts = new EntryCounts();

  private Export(OutputStream out, TransferProgress progress) {
    this.out = out;
    this.progress = progress;
  }

  /**
   * Writes all of a scope. In memory are a page of trackers and a line.
   *
   * @param out best with a buffer; neither flushed nor closed
   * @return how many lines of which kind were written
   * @throws IOException if {@code out} throws it
   * @throws TransferException if an entry is damaged; what was written before is no whole export
   * @throws dev.trackerd.server.store.StoreException UNAVAILABLE, and the same
   */
  public static EntryCounts write(
      StoreContents contents, Scope scope, OutputStream out, TransferProgress progress)
      throws IOException {
    Export export = new Export(out, progress);
    try {
      export.line(ExportFormat.write(head(contents, scope)));
      contents.read(scope, export);
      export.line(
          ExportFormat.write(ExportLine.newBuilder().setEnd(export.counts.toMessage()).build()));
      return export.counts;
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static ExportHead head(StoreContents contents, Scope scope) {
    ExportHead.Builder head = ExportHead.newBuilder().setTrackerdExport(ExportFormat.VERSION);
    scope.account().ifPresent(account -> head.setAccount(account.value()));
    if (scope.keys()) {
      contents
          .masterKeyProof()
          .ifPresent(proof -> head.setMasterKeyProof(ByteString.copyFrom(proof)));
    }
    return head.build();
  }

  @Override
  public void expect(long trackers) {
    progress.expect(trackers);
  }

  @Override
  public void entry(StoreEntry entry) {
    line(ExportFormat.write(EntryLines.of(entry)));
    counts.add(entry);
    progress.at(counts.trackers(), counts.total());
  }

  @Override
  public void damaged(String what) {
    throw new TransferException(what + " (trackerd check tells all that is damaged)");
  }

  private void line(byte[] json) {
    try {
      out.write(json);
      out.write('\n');
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
