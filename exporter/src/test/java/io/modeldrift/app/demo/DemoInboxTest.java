package io.modeldrift.app.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class DemoInboxTest {

  private static final InstantSource TIME =
      InstantSource.fixed(Instant.parse("2015-07-01T08:30:15Z"));

  private static final String SLACK =
      """
      {"channel": "#model-alerts", "attachments": [{
        "title": "Critical: flight-delay: input airline changed sharply", "color": "danger",
        "text": "*airline moved*\\nUS <b>7%</b> & less\\n_First step:_ look\\n<http://g/d?a=1&b=2|dashboard>",
        "actions": [{"type": "button", "text": "Silence", "url": "http://a/#/silences"},
                    {"type": "button", "text": "Bad", "url": "javascript:alert(1)"}]}]}
      """;

  private DemoInbox inbox;

  @BeforeEach
  void start() throws IOException {
    inbox = DemoInbox.start(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), TIME);
  }

  @AfterEach
  void stop() {
    inbox.close();
  }

  private HttpResponse<String> post(String path, String body) throws Exception {
    return Http.post(inbox.address().resolve(path), body);
  }

  private String page() throws Exception {
    return Http.get(inbox.address().resolve("/")).body();
  }

  private JsonNode messages() throws Exception {
    return JsonMapper.shared().readTree(Http.get(inbox.address().resolve("/messages")).body());
  }

  @Test
  void page_withoutMessages_saysSo() throws Exception {
    assertThat(page()).contains("Nothing yet");
  }

  @Test
  void slackMessage_isShownWithItsMarkupAndWithoutAnyOther() throws Exception {
    assertThat(post("/slack", SLACK).statusCode()).isEqualTo(200);

    assertThat(page())
        .contains("<article class=\"critical\">")
        .contains("08:30:15 UTC · #model-alerts · critical")
        .contains("<h2>Critical: flight-delay: input airline changed sharply</h2>")
        .contains(
            "<b>airline moved</b>\nUS &lt;b&gt;7%&lt;/b&gt; &amp; less\n<i>First step:</i> look")
        .contains("<a href=\"http://g/d?a=1&amp;b=2\">dashboard</a>")
        .contains("<a href=\"http://a/#/silences\">Silence</a>")
        .doesNotContain("javascript:");
  }

  @Test
  void pagerDutyEvents_areShownAsRaisedAndResolved() throws Exception {
    String event =
        """
        {"event_action": "%s", "payload": {"summary": "flight-delay drifts", "severity": "critical",
          "custom_details": {"alerts": "airline moved"}},
         "links": [{"href": "http://g/d", "text": "Dashboard"}]}
        """;
    assertThat(post("/v2/enqueue", event.formatted("trigger")).statusCode()).isEqualTo(202);
    assertThat(post("/v2/enqueue", event.formatted("resolve")).statusCode()).isEqualTo(202);

    JsonNode messages = messages();
    assertThat(messages.findValuesAsString("kind")).containsExactly("CRITICAL", "RESOLVED");
    assertThat(messages.findValuesAsString("channel")).containsOnly("PagerDuty");
    assertThat(messages.get(0).path("text").asString()).isEqualTo("airline moved");
    assertThat(page().indexOf("resolved")).isLessThan(page().lastIndexOf("critical"));
  }

  @Test
  void webhook_isShownAsTheRetrainingPipelines() throws Exception {
    post(
        "/retrain",
        """
        {"status": "firing", "alerts": [{"annotations":
          {"summary": "retrain flight-delay", "description": "airline has drifted"}}]}
        """);

    assertThat(page()).contains("retraining pipeline · warning").contains("retrain flight-delay");
  }

  @Test
  void anythingElse_isRefusedAndNotShown() throws Exception {
    for (String body : new String[] {"", "nonsense", "[]", "{}", "{\"attachments\": [7]}"}) {
      assertThat(post("/slack", body).statusCode()).as(body).isEqualTo(400);
    }
    assertThat(messages().size()).isZero();
    assertThat(Http.get(inbox.address().resolve("/else")).statusCode()).isEqualTo(404);
  }

  @Test
  void messages_beyondTheLastHundred_areForgotten() throws Exception {
    for (int i = 0; i <= DemoInbox.KEPT; i++) {
      post("/slack", "{\"attachments\": [{\"title\": \"message %d\"}]}".formatted(i));
    }

    JsonNode messages = messages();
    assertThat(messages.size()).isEqualTo(DemoInbox.KEPT);
    assertThat(messages.get(0).path("title").asString()).isEqualTo("message 1");
  }
}
