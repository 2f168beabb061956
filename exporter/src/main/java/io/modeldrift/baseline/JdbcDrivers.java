package io.modeldrift.baseline;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Driver;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;

/** Finds the JDBC driver for a URL in jar files that the user names. */
public final class JdbcDrivers {

  private JdbcDrivers() {}

  /**
   * Returns the driver that accepts the URL.
   *
   * <p>The jar files stay open until the program ends, since a driver may load classes at any time.
   *
   * @param jars the driver's jar file, and others that it needs
   * @throws IOException if a jar file is not there, or none holds a driver for the URL
   */
  public static Driver find(String url, List<Path> jars) throws IOException {
    List<URL> locations = new ArrayList<>();
    for (Path jar : jars) {
      if (!Files.isRegularFile(jar)) {
        throw new IOException(jar + ": there is no such file");
      }
      locations.add(jar.toUri().toURL());
    }
    ClassLoader loader =
        new URLClassLoader(locations.toArray(URL[]::new), JdbcDrivers.class.getClassLoader());
    try {
      for (Driver driver : ServiceLoader.load(Driver.class, loader)) {
        if (driver.acceptsURL(url)) {
          return driver;
        }
      }
    } catch (SQLException | ServiceConfigurationError e) {
      throw new IOException("the JDBC driver cannot be loaded: " + e.getMessage(), e);
    }
    throw new IOException(
        "no JDBC driver accepts the URL "
            + withoutParameters(url)
            + (jars.isEmpty() ? ": name the driver's jar file" : ": is it the right jar file?"));
  }

  /** Parameters may hold a password. */
  private static String withoutParameters(String url) {
    return url.replaceFirst("[?;].*", "").replaceFirst("//[^/@]*@", "//");
  }
}
