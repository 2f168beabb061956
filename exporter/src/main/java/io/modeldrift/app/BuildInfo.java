package io.modeldrift.app;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** Version and revision of this build, from a file that the build fills in. */
final class BuildInfo implements IVersionProvider {

  private final Properties properties = new Properties();

  BuildInfo() {
    try (InputStream file = BuildInfo.class.getResourceAsStream("build.properties")) {
      if (file != null) {
        properties.load(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String version() {
    return properties.getProperty("version", "unknown");
  }

  /** Returns the commit that was built; empty if the build did not know. */
  String revision() {
    return properties.getProperty("revision", "");
  }

  @Override
  public String[] getVersion() {
    return new String[] {
      "model-drift-exporter " + version(), "Java " + System.getProperty("java.version")
    };
  }
}
