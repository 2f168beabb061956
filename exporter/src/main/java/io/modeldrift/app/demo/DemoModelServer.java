package io.modeldrift.app.demo;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Serves the demo's two models over the KServe V1 protocol, as any model server would.
 *
 * <p>{@code POST /v1/models/{model}:predict} takes {@code {"instances": [{…}, …]}} and answers
 * {@code {"predictions": […]}} in the same order; {@code :explain} takes the same and answers
 * {@code {"explanations": [{"column": 0.1, …}, …]}}. A version may be named, {@code
 * /v1/models/{model}/versions/2:predict}: 1 is as fitted and what is asked without a name, 2 has
 * rounded coefficients. {@code GET /v1/models} lists the models and {@code GET /v1/models/{model}}
 * says that one is ready. Anything else gets a 4xx with {@code {"error": "…"}}. Thread-safe.
 */
public final class DemoModelServer implements AutoCloseable {

  private static final Pattern PATH =
      Pattern.compile("/v1/models(?:/([^/:]+)(?:/versions/([12]))?(:predict|:explain)?)?");
  private static final JsonMapper JSON = JsonMapper.shared();

  private final Map<String, FittedModel> models = new TreeMap<>();
  private final Map<String, FittedModel> challengers = new TreeMap<>();
  private final LoopbackServer server;

  private DemoModelServer(int port) throws IOException {
    for (FittedModel model : FittedModel.bundled()) {
      models.put(model.name(), model);
      challengers.put(model.name(), model.rounded());
    }
    server = LoopbackServer.start("model server", port, this::handle);
  }

  /**
   * Starts the server on the loopback address.
   *
   * @param port 0 for any free port
   * @throws IOException if the port is taken
   */
  public static DemoModelServer start(int port) throws IOException {
    return new DemoModelServer(port);
  }

  /** Returns the root address of the server. */
  public URI address() {
    return server.address();
  }

  private void handle(HttpExchange exchange) throws IOException {
    Answer answer;
    try {
      answer = answer(exchange);
    } catch (JacksonException e) {
      answer = Answer.error(400, "not a V1 request: " + e.getOriginalMessage());
    } catch (IllegalArgumentException e) {
      answer = Answer.error(400, String.valueOf(e.getMessage()));
    }
    LoopbackServer.answer(
        exchange, answer.status(), "application/json", JSON.writeValueAsBytes(answer.body()));
  }

  private Answer answer(HttpExchange exchange) throws IOException {
    Matcher path = PATH.matcher(exchange.getRequestURI().getPath());
    if (!path.matches()) {
      return Answer.error(404, "no such path");
    }
    if (path.group(1) == null) {
      return Answer.ok(Map.of("models", List.copyOf(models.keySet())));
    }
    FittedModel model =
        (DemoModel.CHALLENGER.equals(path.group(2)) ? challengers : models).get(path.group(1));
    if (model == null) {
      return Answer.error(404, "no model of this name, there are " + models.keySet());
    }
    if (path.group(3) == null) {
      return Answer.ok(Map.of("name", model.name(), "predicts", model.predicts(), "ready", true));
    }
    if (!exchange.getRequestMethod().equals("POST")) {
      return Answer.error(405, "models are asked by POST");
    }
    Request request = JSON.readValue(exchange.getRequestBody(), Request.class);
    return path.group(3).equals(":explain")
        ? Answer.ok(Map.of("explanations", each(request, model::attributions)))
        : Answer.ok(Map.of("predictions", each(request, model::predict)));
  }

  private static <T> List<T> each(
      Request request, Function<Map<String, @Nullable Object>, T> answer) {
    List<Map<String, @Nullable Object>> instances = request.instances();
    if (instances == null) {
      throw new IllegalArgumentException("instances is missing");
    }
    List<T> answers = new ArrayList<>(instances.size());
    for (Map<String, @Nullable Object> instance : instances) {
      try {
        answers.add(answer.apply(instance));
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(
            "instances[" + answers.size() + "]: " + e.getMessage(), e);
      }
    }
    return answers;
  }

  @Override
  public void close() {
    server.close();
  }

  private record Request(@Nullable List<Map<String, @Nullable Object>> instances) {}

  private record Answer(int status, Object body) {

    static Answer ok(Object body) {
      return new Answer(200, body);
    }

    static Answer error(int status, String message) {
      return new Answer(status, Map.of("error", message));
    }
  }
}
