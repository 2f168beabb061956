package io.modeldrift.baseline;

import java.io.IOException;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.util.Properties;

/**
 * The rows that a query returns from any database with a JDBC driver.
 *
 * <p>The query runs once a pass; add {@code ORDER BY} a time column for chunks that mean something.
 */
public final class JdbcSource implements RowSource {

  private final Driver driver;
  private final String url;
  private final Properties credentials;
  private final String query;
  private final ColumnChoice choice;

  /**
   * Reads from this database.
   *
   * @param driver that understands the URL
   * @param credentials user and password, or whatever the driver wants
   */
  public JdbcSource(
      Driver driver, String url, Properties credentials, String query, ColumnChoice choice) {
    this.driver = driver;
    this.url = url;
    this.credentials = credentials;
    this.query = query;
    this.choice = choice;
  }

  @Override
  public String description() {
    return query;
  }

  @Override
  public boolean hasOnlyTexts() {
    return false;
  }

  @Override
  public RowReader open() throws IOException {
    try {
      Connection connection = driver.connect(url, credentials);
      if (connection == null) {
        throw new IOException("the driver " + driver.getClass().getName() + " refuses the URL");
      }
      try {
        return JdbcReader.open(connection, fetchSize(), query, choice);
      } catch (SQLException e) {
        connection.close();
        throw e;
      }
    } catch (SQLException e) {
      throw new IOException("database: " + e.getMessage(), e);
    }
  }

  /** MySQL's driver keeps the whole result in memory unless it is asked in this peculiar way. */
  private int fetchSize() {
    return url.startsWith("jdbc:mysql:") ? Integer.MIN_VALUE : JdbcReader.BATCH_ROWS;
  }
}
