package io.modeldrift.baseline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JdbcSourceTest {

  private static final String URL = "jdbc:h2:mem:baseline;USER=sa;PASSWORD=secret";

  private final Connection database;

  JdbcSourceTest() throws SQLException {
    database = DriverManager.getConnection(URL);
  }

  @BeforeEach
  void fill() throws SQLException {
    execute(
        "create table flights(id int, airline varchar, delay double precision, late boolean,"
            + " price numeric(8,2), flown date, picture blob)");
    execute(
        "insert into flights values"
            + " (1, 'AA', 5.5, true, 99.90, date '2015-01-01', X'00'),"
            + " (2, null, null, null, null, null, null)");
  }

  @AfterEach
  void close() throws SQLException {
    execute("drop all objects");
    database.close();
  }

  @Test
  void columns_becomeCellsByTheirType() throws IOException {
    assertThat(read("select * from flights order by id", ColumnChoice.withDefaults()))
        .isEqualTo(
            """
            REQUEST ID AIRLINE DELAY LATE PRICE FLOWN PICTURE
            1.0 'AA' 5.5 true 99.9 '2015-01-01' ?
            2.0 - - - - - -
            """);
  }

  @Test
  void aliasesNameTheColumns_andTheChoiceHolds() throws IOException {
    ColumnChoice choice = new ColumnChoice(Set.of(), Set.of("late"), Set.of("ID"));

    assertThat(
            read(
                "select id, delay as \"delay\", late as \"late\" from flights order by id", choice))
        .isEqualTo("PAIR delay -> late\n5.5 true\n- -\n");
  }

  @Test
  void manyRows_areReadInBatches() throws IOException {
    try (RowReader reader =
        source("select x from system_range(1, 5000)", ColumnChoice.withDefaults()).open()) {
      assertThat(Dump.of(reader).lines()).hasSize(5001).endsWith("5000.0");
      assertThat(reader.progress()).isNaN();
    }
  }

  @Test
  void wrongQuery_isAnErrorThatSaysWhatTheDatabaseSays() {
    assertThatThrownBy(() -> read("select nothing from nowhere", ColumnChoice.withDefaults()))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("database: ")
        .hasMessageContaining("NOWHERE");
  }

  @Test
  void writingQuery_changesNothing() throws SQLException {
    assertThatThrownBy(() -> read("delete from flights", ColumnChoice.withDefaults()))
        .isInstanceOf(IOException.class);

    try (Statement statement = database.createStatement();
        var rows = statement.executeQuery("select count(*) from flights")) {
      assertThat(rows.next()).isTrue();
      assertThat(rows.getInt(1)).isEqualTo(2);
    }
  }

  @Test
  void driver_isFoundInAJarFile() throws IOException, URISyntaxException {
    Path jar =
        Path.of(org.h2.Driver.class.getProtectionDomain().getCodeSource().getLocation().toURI());

    assertThat(JdbcDrivers.find("jdbc:h2:mem:x", List.of(jar)).getClass().getName())
        .isEqualTo("org.h2.Driver");
  }

  @Test
  void urlWithoutDriver_isRefusedWithoutItsPassword(@TempDir Path directory) throws IOException {
    Path jar = Files.write(directory.resolve("driver.jar"), new byte[0]);
    String url = "jdbc:other://me:pass@host/db?password=secret";

    assertThatThrownBy(() -> JdbcDrivers.find(url, List.of(jar)))
        .isInstanceOf(IOException.class)
        .hasMessage(
            "no JDBC driver accepts the URL jdbc:other://host/db: is it the right jar file?");
    assertThatThrownBy(() -> JdbcDrivers.find(url, List.of(directory.resolve("none.jar"))))
        .isInstanceOf(IOException.class)
        .hasMessageEndingWith("none.jar: there is no such file");
  }

  private static String read(String query, ColumnChoice choice) throws IOException {
    try (RowReader reader = source(query, choice).open()) {
      return Dump.of(reader);
    }
  }

  private static JdbcSource source(String query, ColumnChoice choice) throws IOException {
    Driver driver = JdbcDrivers.find(URL, List.of());
    return new JdbcSource(driver, URL, new Properties(), query, choice);
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = database.createStatement()) {
      statement.execute(sql);
    }
  }
}
