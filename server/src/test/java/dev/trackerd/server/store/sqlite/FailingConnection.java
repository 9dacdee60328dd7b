package dev.trackerd.server.store.sqlite;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.util.function.Predicate;

/** A driver's connection that fails where a test wants it to. */
final class FailingConnection {
  private FailingConnection() {}

  /** It can't be closed. */
  static Connection onClose(Connection connection, Throwable failure) {
    return proxy(
        Connection.class,
        (proxy, method, arguments) -> {
          if (method.getName().equals("close")) {
            throw failure;
          }
          return call(connection, method, arguments);
        });
  }

  /** Statements that {@code which} matches fail when they are executed. */
  static Connection onExecute(Connection connection, Predicate<String> which, Throwable failure) {
    return proxy(
        Connection.class,
        (proxy, method, arguments) -> {
          Object result = call(connection, method, arguments);
          return result instanceof PreparedStatement statement
              ? failing(statement, () -> which.test((String) arguments[0]), failure)
              : result;
        });
  }

  private interface Now {
    boolean fails();
  }

  private static PreparedStatement failing(
      PreparedStatement statement, Now now, Throwable failure) {
    return proxy(
        PreparedStatement.class,
        (proxy, method, arguments) -> {
          if (method.getName().startsWith("execute") && now.fails()) {
            throw failure;
          }
          return call(statement, method, arguments);
        });
  }

  private static Object call(Object target, java.lang.reflect.Method method, Object[] arguments)
      throws Throwable {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  private static <T> T proxy(Class<T> type, InvocationHandler handler) {
    return type.cast(
        Proxy.newProxyInstance(
            FailingConnection.class.getClassLoader(), new Class<?>[] {type}, handler));
  }
}
