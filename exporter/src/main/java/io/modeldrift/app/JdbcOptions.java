package io.modeldrift.app;

import io.modeldrift.baseline.ColumnChoice;
import io.modeldrift.baseline.JdbcDrivers;
import io.modeldrift.baseline.JdbcSource;
import io.modeldrift.baseline.RowSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Rows from a database instead of a file. */
final class JdbcOptions {

  /** The environment variable with the password, which has no place on a command line. */
  static final String PASSWORD_VARIABLE = "JDBC_PASSWORD";

  @Option(names = "--url", paramLabel = "URL", description = "JDBC URL of a database.")
  private @Nullable String url;

  @Option(
      names = "--query",
      paramLabel = "SQL",
      description =
          "What to select, ordered by time if there is one. It runs more than once if the result"
              + " is large.")
  private @Nullable String query;

  @Option(
      names = "--driver-jar",
      paramLabel = "JAR",
      description = "The database's JDBC driver; may be given several times.")
  private List<Path> jars = List.of();

  @Option(names = "--user", paramLabel = "NAME", description = "User of the database.")
  private @Nullable String user;

  @Option(
      names = "--password-file",
      paramLabel = "FILE",
      description =
          "File with the password; otherwise the environment variable " + PASSWORD_VARIABLE + ".")
  private @Nullable Path passwordFile;

  boolean isUsed() {
    return url != null || query != null;
  }

  RowSource source(ColumnChoice choice, Map<String, String> environment) {
    if (url == null || query == null) {
      throw new CommandException(ExitCodes.USAGE, "a database needs both --url and --query");
    }
    try {
      return new JdbcSource(
          JdbcDrivers.find(url, jars), url, credentials(environment), query, choice);
    } catch (IOException e) {
      throw RowOptions.failure(e);
    }
  }

  private Properties credentials(Map<String, String> environment) throws IOException {
    Properties credentials = new Properties();
    if (user != null) {
      credentials.setProperty("user", user);
    }
    String password = environment.get(PASSWORD_VARIABLE);
    if (passwordFile != null) {
      password = password(passwordFile);
    }
    if (password != null) {
      credentials.setProperty("password", password);
    }
    return credentials;
  }

  private static String password(Path file) throws IOException {
    try {
      return Files.readString(file).stripTrailing();
    } catch (IOException e) {
      throw new IOException("--password-file " + file + ": cannot be read", e);
    }
  }
}
