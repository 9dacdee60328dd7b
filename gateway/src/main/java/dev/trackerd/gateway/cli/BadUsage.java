package dev.trackerd.gateway.cli;

import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;

/**
 * Answers wrong flags on standard error: what is wrong, and always the usage. By itself picocli
 * leaves that out where it can guess what was meant. Thread-safe.
 */
public final class BadUsage implements IParameterExceptionHandler {

  /** Returns the exit code for wrong flags, 2. */
  @Override
  public int handleParseException(ParameterException failure, String[] arguments) {
    CommandLine command = failure.getCommandLine();
    PrintWriter error = command.getErr();
    error.println(command.getCommandSpec().root().name() + ": " + failure.getMessage());
    command.usage(error);
    return command.getCommandSpec().exitCodeOnInvalidInput();
  }
}
