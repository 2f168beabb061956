package io.modeldrift.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Reads where the exporter listens and who gets in. */
final class AccessReader {

  private final Section root;
  private final Path directory;

  /**
   * Takes the section with all keys.
   *
   * @param directory against which paths are resolved
   */
  AccessReader(Section root, Path directory) {
    this.root = root;
    this.directory = directory;
  }

  /** Reads all keys but those of {@code ingest}, which has other keys as well. */
  AccessSettings read(Section ingest) {
    ListenAddress listen =
        address(root, ":" + ListenAddress.DEFAULT_PORT).orElse(ListenAddress.defaults());
    Optional<Path> webConfig = webConfig(root);
    Optional<ListenAddress> ingestListen = address(ingest, "");
    Optional<Path> ingestWebConfig = webConfig(ingest);
    if (ingestWebConfig.isPresent() && ingestListen.isEmpty()) {
      ingest.problem("web.config.file", "is of no use without ingest.listen");
    }
    if (ingestListen.filter(other -> other.port() != 0 && other.equals(listen)).isPresent()) {
      ingest.problem("listen", "is the same address as listen");
    }
    try (Section access = root.section("access")) {
      List<Path> tokens = access.paths("api_token_files", directory);
      boolean rowDoors = access.flag("row_doors");
      if (rowDoors && tokens.isEmpty() && webConfig.isEmpty()) {
        access.problem(
            "row_doors", "needs access.api_token_files or web.config.file: rows are not for all");
      }
      return new AccessSettings(
          listen, webConfig, ingestListen, ingestWebConfig.or(() -> webConfig), tokens, rowDoors);
    }
  }

  private Optional<Path> webConfig(Section section) {
    try (Section web = section.section("web");
        Section config = web.section("config")) {
      return config.path("file", directory);
    }
  }

  private static Optional<ListenAddress> address(Section section, String fallback) {
    Optional<String> text = section.textOr("listen", fallback);
    Optional<ListenAddress> address = text.flatMap(ListenAddress::parse);
    if (text.isPresent() && address.isEmpty()) {
      section.problem("listen", "must be [host]:port, found \"" + text.get() + "\"");
    }
    return address;
  }
}
