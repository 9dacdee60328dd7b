package dev.trackerd.server.transfer;

import dev.trackerd.server.store.FileFaults;
import dev.trackerd.server.store.StoreEntry;
import dev.trackerd.server.store.StoreEntry.KeyEntry;
import dev.trackerd.server.store.StoreException;
import dev.trackerd.server.store.Stores;
import dev.trackerd.v1.ExportHead;
import dev.trackerd.v1.ExportLine;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Reads an export into a store, where things get the ids, places, versions and times that they had.
 * What is there already stays as it is: reading the same lines twice changes nothing, and an import
 * that ended halfway is taken up by beginning it again.
 */
public final class Import {
  private final Stores stores;
  private final LineReader lines;
  private final ImportBatch batch;
  private final TransferProgress progress;
  private final EntryCounts seen = new EntryCounts();
  private Optional<byte[]> proof = Optional.empty();
  private long handled;

  private Import(
      Stores stores, InputStream in, Consumer<String> conflicts, TransferProgress progress) {
    this.stores = stores;
    this.lines = new LineReader(in);
    this.batch = new ImportBatch(stores.contents(), conflicts);
    this.progress = progress;
  }

  /**
   * Reads all lines, in memory a batch of them at a time. Each batch is one transaction.
   *
   * @param conflicts is told of each line whose id, name or place the store holds otherwise
   * @param progress its steps are the bytes of {@code in}
   * @throws TransferException if {@code in} is no export, is damaged, cut off or can't be read, its
   *     keys were sealed by another master key, or the database fails: names the line, and says
   *     what was imported and stays
   */
  public static ImportResult read(
      Stores stores, InputStream in, Consumer<String> conflicts, TransferProgress progress) {
    return new Import(stores, in, conflicts, progress).read();
  }

  private ImportResult read() {
    try {
      head(next().orElseThrow(() -> new TransferException("the file is empty")));
      ExportLine line = line();
      while (!line.hasEnd()) {
        line = line();
      }
      end(line);
      return batch.result();
    } catch (TransferException e) {
      throw stopped(e.getMessage(), e);
    } catch (StoreException e) {
      throw stopped(e.getMessage(), e);
    } catch (IOException e) {
      throw stopped("nothing more can be read: " + FileFaults.inWordsOfTheSystem(e), e);
    }
  }

  private Optional<byte[]> next() throws IOException {
    Optional<byte[]> line = lines.next();
    progress.at(lines.bytes(), seen.total());
    return line;
  }

  private void head(byte[] line) {
    ExportHead head = ExportFormat.head(line);
    if (head.hasMasterKeyProof()) {
      byte[] sealing = head.getMasterKeyProof().toByteArray();
      if (stores.contents().masterKeyProof().filter(own -> !same(own, sealing)).isPresent()) {
        throw anotherMasterKey();
      }
      proof = Optional.of(sealing);
    }
    handled = lines.number();
  }

  private ExportLine line() throws IOException {
    byte[] json =
        next()
            .orElseThrow(
                () ->
                    new TransferException(
                        "nothing follows it: the file was cut off (expected: a last line with"
                            + " \"end\")"));
    ExportLine line = ExportFormat.line(json);
    if (!line.hasEnd()) {
      StoreEntry entry = LineEntries.of(line);
      if (entry instanceof KeyEntry) {
        keepProof();
      }
      seen.add(entry);
      batch.add(entry, lines.number(), json.length);
      handled = lines.number();
    }
    return line;
  }

  /** Not before a key needs it: a store without keys may still get any master key. */
  private void keepProof() {
    byte[] sealing =
        proof.orElseThrow(
            () -> new TransferException("a key (expected: none without a proof in line 1)"));
    if (seen.keys() == 0 && !same(stores.credentials().masterKeyProof(sealing), sealing)) {
      throw anotherMasterKey();
    }
  }

  private void end(ExportLine line) throws IOException {
    batch.flush();
    if (!line.getEnd().equals(seen.toMessage())) {
      throw new TransferException(
          "its counts are not those of the lines before it, which are " + seen);
    }
    if (next().isPresent()) {
      throw new TransferException("expected: nothing after the end");
    }
  }

  /** What has been read is worth keeping, if the database still takes it. */
  private TransferException stopped(String why, Exception cause) {
    String stop = "line " + lines.number() + ": " + why;
    try {
      if (!(cause instanceof StoreException)) {
        batch.flush();
      }
    } catch (StoreException e) {
      cause.addSuppressed(e);
    }
    long open = batch.firstOpen(handled + 1);
    return new TransferException(
        open <= 2
            ? stop + "; nothing was imported"
            : stop + "; what stands before line " + open + " is imported and stays",
        cause);
  }

  private static boolean same(byte[] one, byte[] other) {
    return MessageDigest.isEqual(one, other);
  }

  private static TransferException anotherMasterKey() {
    return new TransferException(
        "its keys were sealed by another master key than this store's (export without"
            + " --with-keys, or import into a store of the same master key)");
  }
}
