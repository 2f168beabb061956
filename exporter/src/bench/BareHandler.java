import io.javalin.Javalin;
import java.io.IOException;
import java.io.InputStream;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** The baseline of the load benchmark: reads the body, discards it, answers an empty 200. */
public final class BareHandler {

  private static final int CHUNK = 8192;

  public static void main(String[] args) {
    Javalin server =
        Javalin.create(
            config -> {
              config.startup.showJavalinBanner = false;
              config.http.maxRequestSize = Long.MAX_VALUE;
              config.jetty.threadPool = new QueuedThreadPool(64, 8);
              config.routes.post(
                  "/<path>",
                  ctx -> {
                    discard(ctx.req().getInputStream());
                    ctx.res().setContentLength(0);
                  });
              config.routes.get("/-/ready", ctx -> ctx.result("ready"));
            });
    server.start("127.0.0.1", 0);
    System.out.println("Listening on http://127.0.0.1:" + server.port());
  }

  private static void discard(InputStream in) throws IOException {
    byte[] chunk = new byte[CHUNK];
    while (in.read(chunk) >= 0) {
      // thrown away
    }
  }
}
