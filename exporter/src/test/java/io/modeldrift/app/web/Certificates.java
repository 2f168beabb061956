package io.modeldrift.app.web;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** An authority in a directory, and certificates that it signs, made by openssl. */
public final class Certificates {

  private final Path directory;

  /** Makes the authority: {@code ca.pem} and {@code ca.key}. */
  public Certificates(Path directory) throws IOException, InterruptedException {
    this.directory = directory;
    openssl(
        "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=test-ca"
            + " -keyout ca.key -out ca.pem");
  }

  /** Makes {@code name.pem} and {@code name.key}, for 127.0.0.1 and localhost. */
  public Certificates sign(String name) throws IOException, InterruptedException {
    openssl(
        "req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj /CN="
            + name
            + " -keyout "
            + name
            + ".key -out "
            + name
            + ".csr");
    Files.writeString(
        directory.resolve("san.txt"),
        "subjectAltName=DNS:localhost,DNS:" + name + ",IP:127.0.0.1\n");
    openssl(
        "x509 -req -in "
            + name
            + ".csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 2 -extfile san.txt -out "
            + name
            + ".pem");
    return this;
  }

  /** Runs openssl in the directory. */
  public void openssl(String arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("openssl"));
    command.addAll(List.of(arguments.split(" ")));
    Process process =
        new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (!process.waitFor(30, TimeUnit.SECONDS) || process.exitValue() != 0) {
      throw new IOException("openssl " + arguments + ": " + output);
    }
  }
}
