package io.modeldrift.expose;

import static org.assertj.core.api.Assertions.assertThat;

import io.modeldrift.baseline.Baseline;
import io.modeldrift.baseline.BaselineColumn;
import io.modeldrift.distribution.BinnedCounts;
import io.modeldrift.distribution.CategoricalLayout;
import io.modeldrift.inference.ModelKey;
import io.modeldrift.inference.Role;
import io.modeldrift.ingest.LedgerSnapshot;
import io.modeldrift.observe.ModelSnapshot;
import io.modeldrift.truth.ReviewCounts;
import java.io.StringReader;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class PageTest {

  private final FakeState state = new FakeState();
  private final Server server = new Server(state);

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void driftedColumn_isSaidInWordsWithScoreThresholdAndRows() throws Exception {
    state.evaluate(Models.flights());

    Element airline = columns(page("/")).get(0);

    assertThat(airline.getTextContent())
        .startsWith("airlineinputdrifted")
        .containsPattern("PSI [0-9]")
        .containsPattern("drifted above 0\\.[0-9]+")
        .contains("800 rows")
        .contains("▼US fell from 25.0% to 0%");
  }

  @Test
  void challengerAndAttributions_areALineEach() throws Exception {
    state.evaluate(Models.flights());
    state.models = Versions.withChallenger(state.models);
    state.versions = Versions.snapshots();
    state.versionReports = Versions.reports();
    state.attributions = Models.attributions();

    assertThat(page("/").getDocumentElement().getTextContent())
        .contains("Beside flight-delay 3: late agrees in 70.0% of 100 requests")
        .containsPattern("accuracy −0\\.05\\S* \\(−0\\.\\d+ to −0\\.\\d+\\)")
        .containsPattern("Attributions: order of features kept to [01]");
  }

  @Test
  void columns_comeWorstFirst() throws Exception {
    state.evaluate(Models.flights());

    assertThat(columns(page("/")))
        .extracting(column -> column.getElementsByTagName("h3").item(0).getTextContent())
        .startsWith("airlineinput")
        .hasSize(3);
  }

  @Test
  void everyColumn_hasAPictureWithADescription() throws Exception {
    state.evaluate(Models.flights());

    for (Element column : columns(page("/"))) {
      NodeList pictures = column.getElementsByTagName("svg");
      assertThat(
              IntStream.range(0, pictures.getLength())
                  .mapToObj(i -> (Element) pictures.item(i))
                  .filter(picture -> picture.getAttribute("class").equals("chart")))
          .singleElement()
          .satisfies(chart -> assertThat(chart.getAttribute("aria-label")).isNotBlank())
          .satisfies(
              chart ->
                  assertThat(chart.getElementsByTagName("rect").getLength())
                      .isGreaterThanOrEqualTo(4));
    }
  }

  @Test
  void headline_countsModelsByState() {
    state.evaluate(Models.flights(), Models.learning());

    assertThat(server.get("/")).contains("<h1>1 model drifted, 1 learning</h1>");
  }

  @Test
  void reviews_areLinkedOnceSomebodyIsAsked() {
    state.evaluate(Models.flights());
    assertThat(server.get("/")).doesNotContain("Reviews");

    state.reviews =
        Map.of(
            ModelKey.of("one"), new ReviewCounts(Map.of(), Map.of(), 3, Optional.empty()),
            ModelKey.of("two"), new ReviewCounts(Map.of(), Map.of(), 4, Optional.empty()));

    assertThat(server.get("/")).contains("<a href=\"reviews\">Reviews (7)</a>");
  }

  @Test
  void window_isChosenInTheAddress() {
    state.evaluate(Models.flights());

    assertThat(server.get("/?window=5m"))
        .contains("<h1>1 model without enough data</h1>")
        .contains("No rows arrived in this window.");
    assertThat(server.get("/?window=unknown")).contains("<h1>1 model drifted</h1>");
  }

  @Test
  void pageWithoutChoice_opensOnTheWorstWindow() {
    state.evaluate(Models.flights());

    assertThat(server.get("/")).contains("class=\"chosen\" aria-current=\"true\">last 1h</a>");
  }

  @Test
  void model_isChosenInTheAddress() {
    state.evaluate(Models.flights(), Models.learning());

    assertThat(server.get("/?model=flight-delay&version=3"))
        .contains("airline")
        .doesNotContain("fraud");
  }

  @Test
  void refresh_isChosenInTheAddress() {
    assertThat(server.get("/")).doesNotContain("http-equiv");
    assertThat(server.get("/?refresh=15")).contains("http-equiv=\"refresh\" content=\"15\"");
    assertThat(server.get("/?refresh=0")).contains("http-equiv=\"refresh\" content=\"5\"");
    assertThat(server.get("/?refresh=now")).doesNotContain("http-equiv");
  }

  @Test
  void learningModel_showsProgress() {
    state.models = List.of(Models.learning());

    assertThat(server.get("/")).contains("from the first rows: 1,200 of 5,000.");
  }

  @Test
  void modelBeforeItsFirstEvaluation_saysSo() {
    state.models = List.of(Models.flights());

    assertThat(server.get("/")).contains("not evaluated yet");
  }

  @Test
  void ledger_isASumInWords() throws Exception {
    Document page = page("/");

    String text = page.getDocumentElement().getTextContent();
    assertThat(text)
        .contains("received1,000=observed950+ignored30+rejected12+dropped5+waiting3")
        .contains("12 rejected: bad jsonformat v1");
  }

  @Test
  void payloadThatEndsMeanwhile_isNotObservedBeforeItsRowsAre() throws Exception {
    state.observeMeanwhile();

    assertThat(page("/").getDocumentElement().getTextContent())
        .contains("received1,000=observed950+");
  }

  @Test
  void noTraffic_teachesHowToSendSome() {
    state.ledger = new LedgerSnapshot(0, 0, Map.of());

    assertThat(server.get("/")).contains("Waiting for traffic", "curl -X POST");
  }

  @Test
  void hostileNames_areShownNotInterpreted() throws Exception {
    String hostile = "<script>alert('x')</script>\"&\u0001";
    BaselineColumn column =
        new BaselineColumn(
            hostile,
            Role.INPUT,
            CategoricalLayout.of(List.of(hostile), new long[0]),
            BinnedCounts.of(4000, 0, 0, 0, 0),
            0,
            0,
            List.of(),
            1);
    Baseline baseline =
        new Baseline(
            "id", new ModelKey(hostile, hostile), Models.CREATED, hostile, 4000, List.of(column));
    ModelSnapshot.Ready ready =
        Models.ready(
            Models.facts(baseline.model(), 500),
            baseline,
            List.of(BinnedCounts.of(300, 0, 200, 0, 0)));
    state.evaluate(ready);

    assertThat(server.get("/")).doesNotContain("<script");
    assertThat(page("/").getDocumentElement().getTextContent())
        .contains("<script>alert('x')</script>\"&\uFFFD");
  }

  @Test
  void answer_forbidsScriptsAndFrames() {
    HttpResponse<String> response = server.response("/");

    assertThat(response.headers().firstValue("Content-Security-Policy").orElseThrow())
        .contains("default-src 'none'", "frame-ancestors 'none'")
        .doesNotContain("unsafe", "script-src");
    assertThat(response.body()).doesNotContain("<script", " style=", "onclick");
  }

  @Test
  void manyColumns_areListedBehindTheFirst() throws Exception {
    BaselineColumn[] many =
        IntStream.range(0, 30)
            .mapToObj(i -> renamed(Models.AIRLINE, "column_" + i))
            .toArray(BaselineColumn[]::new);
    state.evaluate(
        Models.ready(
            Models.facts(Models.FLIGHTS, 800),
            Models.baseline(many),
            IntStream.range(0, 30)
                .mapToObj(i -> BinnedCounts.of(240, 200, 340, 12, 4, 4, 0))
                .toList()));

    assertThat(columns(page("/"))).hasSize(8);
    assertThat(server.get("/")).contains("22 more columns");
    assertThat(columns(page("/?model=flight-delay&version=3"))).hasSize(30);
  }

  private static BaselineColumn renamed(BaselineColumn column, String name) {
    return new BaselineColumn(
        name, column.role(), column.layout(), column.counts(), 0, 0, List.of(), 1);
  }

  /** The page is written so that it is well-formed XML too; a forgotten end tag shows here. */
  private Document page(String path) throws Exception {
    String html = server.get(path).replaceFirst("<!doctype html>", "");
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(html)));
  }

  private static List<Element> columns(Document page) {
    NodeList articles = page.getElementsByTagName("article");
    return IntStream.range(0, articles.getLength())
        .mapToObj(i -> (Element) articles.item(i))
        .toList();
  }
}
