package dev.trackerd.server.cli;

import dev.trackerd.server.store.AccountId;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Parses {@code --account}. */
final class AccountConverter implements ITypeConverter<AccountId> {
  @Override
  public AccountId convert(String value) {
    try {
      return new AccountId(value);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException("expected: 12 decimal digits");
    }
  }
}
