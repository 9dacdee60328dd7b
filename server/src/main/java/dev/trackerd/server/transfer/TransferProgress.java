package dev.trackerd.server.transfer;

/** Is told how far a transfer is. */
public interface TransferProgress {
  /** Tells nobody. */
  TransferProgress NONE =
      new TransferProgress() {
        @Override
        public void expect(long steps) {}

        @Override
        public void at(long step, long things) {}
      };

  /** How many steps there will be; not called if that is not known. */
  void expect(long steps);

  /**
   * Called often.
   *
   * @param step how many steps are done
   * @param things how many things were moved
   */
  void at(long step, long things);
}
