package io.modeldrift.app;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** A connection whose every byte the test chooses, as clients of other makes write them. */
public final class RawConnection implements AutoCloseable {

  private static final int PATIENCE_MILLIS = 30_000;

  private final Socket socket = new Socket();

  /** Connects; the server's backlog may hold the connection before it is accepted. */
  public static RawConnection to(URI address) throws IOException {
    RawConnection connection = new RawConnection();
    connection.socket.setSoTimeout(PATIENCE_MILLIS);
    connection.socket.connect(
        new InetSocketAddress(address.getHost(), address.getPort()), PATIENCE_MILLIS);
    return connection;
  }

  /** Sends text, in which the ends of lines are those of HTTP. */
  public RawConnection send(String text) throws IOException {
    socket
        .getOutputStream()
        .write(text.replace("\n", "\r\n").getBytes(StandardCharsets.ISO_8859_1));
    socket.getOutputStream().flush();
    return this;
  }

  /** Sends nothing more. */
  public RawConnection endSending() throws IOException {
    socket.shutdownOutput();
    return this;
  }

  /** Returns the head of the next answer: its status line and headers. */
  public String head() throws IOException {
    return head(PATIENCE_MILLIS);
  }

  /**
   * Returns the head of the next answer.
   *
   * @throws java.net.SocketTimeoutException if nothing comes in time
   */
  public String head(int patienceMillis) throws IOException {
    socket.setSoTimeout(patienceMillis);
    ByteArrayOutputStream read = new ByteArrayOutputStream();
    InputStream in = socket.getInputStream();
    String text = "";
    while (!text.endsWith("\r\n\r\n")) {
      int next = in.read();
      if (next < 0) {
        break;
      }
      read.write(next);
      text = read.toString(StandardCharsets.ISO_8859_1);
    }
    return text.replace("\r\n", "\n");
  }

  /** Returns everything until the server closes the connection. */
  public String untilClosed() throws IOException {
    socket.setSoTimeout(PATIENCE_MILLIS);
    return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1)
        .replace("\r\n", "\n");
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
