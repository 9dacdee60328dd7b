package dev.trackerd.gateway.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Answers wrong flags on standard error: a line that says what is wrong and what was expected, and
 * one that leads to the help. A value that came from the environment is named by its variable.
 * Thread-safe.
 */
public final class BadUsage implements IParameterExceptionHandler {
  // Where picocli repeats a word that it does not know: it may be a URL in the wrong place.
  private static final Pattern PASSWORD = Pattern.compile("(?i)(password=)[^&\\s']+");

  /**
   * Returns what to throw for a value that can't be.
   *
   * @param flag the option's name, {@code --http-port}
   * @param expected what it should be, {@code 0 to 65535}
   */
  public static ParameterException expected(CommandSpec command, String flag, String expected) {
    return wrong(command, flag, "expected: " + expected);
  }

  /**
   * Returns what to throw for a value that can't be, in other words.
   *
   * @param what what is wrong and what was expected, without the value
   */
  public static ParameterException wrong(CommandSpec command, String flag, String what) {
    OptionSpec option = command.findOption(flag);
    return new ParameterException(command.commandLine(), flag + ": " + what, option, null);
  }

  /** Returns the exit code for wrong flags, 2. */
  @Override
  public int handleParseException(ParameterException failure, String[] arguments) {
    CommandLine command = failure.getCommandLine();
    String name = command.getCommandSpec().qualifiedName();
    PrintWriter error = command.getErr();
    String message = message(failure, List.of(arguments));
    error.println(
        command.getCommandSpec().root().name()
            + ": "
            + PASSWORD.matcher(message).replaceAll("$1…"));
    error.println(
        "Usage: " + command.getHelp().abbreviatedSynopsis().strip() + "; see " + name + " --help");
    return command.getCommandSpec().exitCodeOnInvalidInput();
  }

  private static String message(ParameterException failure, List<String> arguments) {
    String message = failure.getMessage();
    if (failure instanceof UnmatchedArgumentException unmatched) {
      List<String> meant = unmatched.getSuggestions();
      return meant.isEmpty()
          ? message
          : message + "; did you mean " + String.join(" or ", meant) + "?";
    }
    if (!(failure.getArgSpec() instanceof OptionSpec option)) {
      return message;
    }
    String flag = option.longestName();
    if (failure.getCause() instanceof TypeConversionException wrong) {
      message = flag + ": " + conversion(option, failure.getValue(), wrong.getMessage());
    }
    return message.startsWith(flag + ": ") && !isAmong(flag, arguments)
        ? variable(flag) + message.substring(flag.length())
        : message;
  }

  /** What picocli's own converters expect, in other words than the names of Java's types. */
  private static String conversion(ArgSpec option, String value, String message) {
    Class<?> type = option.type();
    if (type == int.class) {
      return "'" + value + "' (expected: a number, at most " + Integer.MAX_VALUE + ")";
    }
    if (type == boolean.class) {
      return "'" + value + "' (expected: true or false)";
    }
    if (type.isEnum()) {
      List<String> names = Stream.of(type.getEnumConstants()).map(Object::toString).toList();
      return "'" + value + "' (expected: " + String.join(" or ", names) + ")";
    }
    return message;
  }

  /** What is not among the arguments comes from the environment: the default always holds. */
  private static boolean isAmong(String flag, List<String> arguments) {
    return arguments.stream().anyMatch(word -> word.equals(flag) || word.startsWith(flag + "="));
  }

  private static String variable(String flag) {
    return "TRACKERD_" + flag.substring(2).replace('-', '_').toUpperCase(Locale.ROOT);
  }
}
