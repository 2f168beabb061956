package io.modeldrift.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.modeldrift.ManualTime;
import io.modeldrift.inference.BatchKind;
import io.modeldrift.inference.Column;
import io.modeldrift.inference.EventKey;
import io.modeldrift.inference.EventKey.Pairing;
import io.modeldrift.inference.InferenceBatch;
import io.modeldrift.inference.ModelKey;
import io.modeldrift.inference.Role;
import io.modeldrift.observe.PairingResult.Alone;
import io.modeldrift.observe.PairingResult.Duplicate;
import io.modeldrift.observe.PairingResult.Paired;
import io.modeldrift.observe.PairingResult.Waiting;
import io.modeldrift.snapshot.StateInput;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PairingStoreTest {

  private static final Instant ASKED = Instant.parse("2026-01-05T10:00:00Z");
  private static final Instant ANSWERED = ASKED.plusMillis(25);
  private static final Duration TIMEOUT = Duration.ofSeconds(60);

  private final ManualTime time = new ManualTime();
  private final PairingStore store = store(new PairingSettings(100, 1 << 20, TIMEOUT, true));
  private final InferenceBatch joint = new InferenceBatch();

  private PairingStore store(PairingSettings settings) {
    return new PairingStore(settings, time);
  }

  @Test
  void halves_meetInEitherOrder() {
    assertThat(store.offer(request("a", 35), joint)).isEqualTo(new Waiting());
    assertThat(store.offer(response("a", 0.9), joint))
        .isEqualTo(new Paired(ModelKey.of("credit"), Duration.ofMillis(25), true));
    assertJoint(35, 0.9);

    assertThat(store.offer(response("b", 0.1), joint)).isEqualTo(new Waiting());
    assertThat(store.offer(request("b", 52), joint))
        .isEqualTo(new Paired(ModelKey.of("credit"), Duration.ofMillis(25), true));
    assertJoint(52, 0.1);
    assertThat(store.counts().paired()).isEqualTo(2);
    assertThat(store.counts().waiting()).isZero();
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void twoEvents_eachDeliveredTwice_giveOneRowOfEachAndOnePair(long seed) {
    List<InferenceBatch> deliveries =
        new ArrayList<>(
            List.of(request("a", 1), request("a", 1), response("a", 2), response("a", 2)));
    Collections.shuffle(deliveries, new Random(seed));

    int requests = 0;
    int responses = 0;
    int pairs = 0;
    for (InferenceBatch half : deliveries) {
      PairingResult result = store.offer(half, joint);
      requests += result.isNew() && half.kind() == BatchKind.REQUEST ? 1 : 0;
      responses += result.isNew() && half.kind() == BatchKind.RESPONSE ? 1 : 0;
      pairs += result instanceof Paired ? 1 : 0;
    }

    assertThat(List.of(requests, responses, pairs)).containsExactly(1, 1, 1);
    assertThat(store.counts().duplicate()).isEqualTo(2);
  }

  @Test
  void otherEvent_underATakenId_isCountedButNotPaired() {
    store.offer(request("same", 1), joint);

    assertThat(store.offer(request("same", 2), joint)).isEqualTo(new Duplicate(false));
    assertThat(store.offer(response("same", 0.5), joint)).isInstanceOf(Paired.class);
    assertJoint(1, 0.5);
  }

  @Test
  void oneIdForEverything_takesOneEntry() {
    for (int i = 0; i < 10_000; i++) {
      store.offer(request("same", i), joint);
    }

    assertThat(store.counts().waiting()).isEqualTo(1);
    assertThat(store.counts().duplicate()).isEqualTo(9_999);
  }

  @Test
  void half_thatStaysAlone_expires() {
    store.offer(request("a", 1), joint);
    store.offer(response("b", 1), joint);
    time.advance(TIMEOUT.minusMillis(1));
    assertThat(store.counts().waiting()).isEqualTo(2);

    time.advance(Duration.ofMillis(1));

    assertThat(store.counts()).isEqualTo(new PairingCounts(0, 1, 1, 2, 0, 0, 0, 0, 0));
    assertThat(store.offer(response("a", 1), joint)).isEqualTo(new Waiting());
  }

  @Test
  void clockSetBack_losesNothing() {
    store.offer(request("a", 1), joint);
    time.advance(Duration.ofHours(-1));

    assertThat(store.offer(response("a", 1), joint)).isInstanceOf(Paired.class);
  }

  @Test
  void oldestHalf_makesRoom() {
    PairingStore two = store(new PairingSettings(2, 1 << 20, TIMEOUT, true));
    two.offer(request("a", 1), joint);
    two.offer(request("b", 1), joint);
    two.offer(request("c", 1), joint);

    assertThat(two.counts().evicted()).isEqualTo(1);
    assertThat(two.offer(response("a", 1), joint)).isEqualTo(new Waiting());
    assertThat(two.offer(response("c", 1), joint)).isInstanceOf(Paired.class);
  }

  @Test
  void bytes_areBoundedToo() {
    PairingStore small = store(new PairingSettings(1_000_000, 10_000, TIMEOUT, true));
    for (int i = 0; i < 1_000; i++) {
      small.offer(request("id" + i, i), joint);
    }

    PairingCounts counts = small.counts();
    assertThat(counts.waitingBytes()).isPositive().isLessThanOrEqualTo(10_000);
    assertThat(counts.evicted() + counts.waiting()).isEqualTo(1_000);
    assertThat(counts.requestOnly()).isEqualTo(counts.evicted());
  }

  @Test
  void idsThatAreKept_countAsBytes_evenOfInferencesThatHaveMet() {
    PairingStore small = store(new PairingSettings(1_000_000, 50_000, TIMEOUT, true));
    for (int i = 0; i < 1_000; i++) {
      String id = "i".repeat(200) + i;
      InferenceBatch request = request(id, i);
      request.setId(0, "r".repeat(200) + i);
      small.offer(request, joint);
      assertThat(small.counts().waitingBytes()).isBetween(400L, 50_000L);
      small.offer(response(id, i), joint);
    }

    assertThat(small.counts().paired()).isEqualTo(1_000);
    assertThat(small.counts().waitingBytes()).isBetween(25_000L, 50_000L);
    time.advance(TIMEOUT);
    assertThat(small.counts().waitingBytes()).isZero();
  }

  @Test
  void nameOfAModelOrColumn_countsAsBytes() {
    InferenceBatch request = request("a", 1);
    request.setModel(ModelKey.of("m".repeat(5_000)));
    Objects.requireNonNull(request.column(Role.INPUT, "c".repeat(400))).setNumber(0, 1);

    store.offer(request, joint);

    assertThat(store.counts().waitingBytes()).isBetween(5_400L, 7_000L);
  }

  @Test
  void components_thatShareAnId_stayApart() {
    InferenceBatch transformer =
        half(BatchKind.REQUEST, new Pairing("credit transformer", "a"), "t", 1);

    store.offer(request("a", 1), joint);

    assertThat(store.offer(transformer, joint)).isEqualTo(new Waiting());
  }

  @Test
  void secondKey_findsTheOtherHalf_ifTheFirstIsUnknown() {
    InferenceBatch request = request("a", 1);
    request.setEvent(new EventKey(List.of(new Pairing("X-Request-Id m", "r1")), "", false));
    InferenceBatch response = response("a", 2);
    response.setEvent(
        new EventKey(
            List.of(new Pairing("body m", "invented"), new Pairing("X-Request-Id m", "r1")),
            "",
            false));

    store.offer(request, joint);

    assertThat(store.offer(response, joint))
        .isEqualTo(new Paired(ModelKey.of("credit"), null, true));
  }

  @ParameterizedTest
  @ValueSource(strings = {"body credit", "X-Request-Id credit", "trace credit"})
  void keyThatInferencesShare_doesNotOutweighABetterOne(String shared) {
    store.offer(event(BatchKind.REQUEST, "ce a", "u1", shared, 0), joint);
    store.offer(event(BatchKind.REQUEST, "ce a", "u2", shared, 5), joint);
    store.offer(event(BatchKind.REQUEST, "ce b", "u1", shared, 5), joint);

    PairingResult second =
        store.offer(event(BatchKind.RESPONSE, "ce a", "u2", shared, 6), new InferenceBatch());
    PairingResult first =
        store.offer(event(BatchKind.RESPONSE, "ce a", "u1", shared, 7), new InferenceBatch());
    PairingResult other =
        store.offer(event(BatchKind.RESPONSE, "ce b", "u1", shared, 8), new InferenceBatch());

    assertThat(List.of(second, first, other))
        .extracting(result -> ((Paired) result).latency())
        .containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(7), Duration.ofSeconds(3));
    assertThat(store.counts().duplicate()).isZero();
  }

  @Test
  void keyThatInferencesShare_isNoneAfterARestartEither() throws Exception {
    store.offer(event(BatchKind.REQUEST, "ce a", "u1", "body credit", 0), joint);
    store.offer(event(BatchKind.REQUEST, "ce a", "u2", "body credit", 5), joint);
    List<byte[]> sections = new ArrayList<>();
    store.save(section -> sections.add(section.toBytes()));

    PairingStore restored = store(new PairingSettings(100, 1 << 20, TIMEOUT, true));
    restored.restore(new StateInput(sections.get(0)), true);

    assertThat(restored.counts().waiting()).isEqualTo(2);
    assertThat(restored.counts().waitingBytes()).isPositive();
    assertThat(restored.offer(event(BatchKind.RESPONSE, "ce a", "u2", "body credit", 6), joint))
        .isEqualTo(new Paired(ModelKey.of("credit"), Duration.ofSeconds(1), false));
  }

  private static InferenceBatch event(
      BatchKind kind, String scope, String id, String shared, int second) {
    InferenceBatch batch = new InferenceBatch();
    batch.reset(ModelKey.of("credit"), kind, ASKED.plusSeconds(second));
    batch.addRow();
    List<Pairing> keys = List.of(new Pairing(scope, id), new Pairing(shared, "1"));
    batch.setEvent(new EventKey(keys, kind + scope + id, true));
    return batch;
  }

  @Test
  void rowsThatDoNotFit_areNotAligned() {
    InferenceBatch response = response("a", 1);
    response.addRow();
    store.offer(request("a", 1), joint);

    assertThat(store.offer(response, joint))
        .isEqualTo(new Paired(ModelKey.of("credit"), Duration.ofMillis(25), false));
    assertThat(store.counts().rowMismatch()).isEqualTo(1);
  }

  @Test
  void responseBeforeItsRequest_hasANegativeLatency() {
    InferenceBatch early = response("a", 1);
    early.reset(ModelKey.of("credit"), BatchKind.RESPONSE, ASKED.minusSeconds(1));
    early.setEvent(new EventKey(List.of(new Pairing("credit", "a")), "d", true));
    store.offer(request("a", 1), joint);

    assertThat(store.offer(early, joint))
        .isEqualTo(new Paired(ModelKey.of("credit"), Duration.ofSeconds(-1), false));
  }

  @Test
  void withoutRows_latencyIsStillKnown() {
    PairingStore light = store(new PairingSettings(10, 1 << 20, TIMEOUT, false));
    light.offer(request("a", 1), joint);

    assertThat(light.offer(response("a", 1), joint))
        .isEqualTo(new Paired(ModelKey.of("credit"), Duration.ofMillis(25), false));
  }

  @Test
  void half_withoutId_andPair_areAlone() {
    InferenceBatch noId = request("a", 1);
    noId.setEvent(null);
    InferenceBatch pair = request("a", 1);
    pair.setKind(BatchKind.PAIR);

    assertThat(store.offer(noId, joint)).isEqualTo(new Alone());
    assertThat(store.offer(pair, joint)).isEqualTo(new Alone());
  }

  private void assertJoint(double feature, double prediction) {
    assertThat(joint.kind()).isEqualTo(BatchKind.PAIR);
    assertThat(joint.time()).isEqualTo(ASKED);
    assertThat(number(Role.INPUT, "x")).isEqualTo(feature);
    assertThat(number(Role.OUTPUT, "y")).isEqualTo(prediction);
    Column text = Objects.requireNonNull(joint.find(Role.INPUT, "channel"));
    assertThat(text.text(0)).isEqualTo("web");
  }

  private double number(Role role, String name) {
    return Objects.requireNonNull(joint.find(role, name)).number(0);
  }

  private static InferenceBatch request(String id, double feature) {
    InferenceBatch batch = half(BatchKind.REQUEST, new Pairing("credit", id), "request " + id, 1);
    Objects.requireNonNull(batch.column(Role.INPUT, "x")).setNumber(0, feature);
    Objects.requireNonNull(batch.column(Role.INPUT, "channel")).setText(0, "web");
    return batch;
  }

  private static InferenceBatch response(String id, double prediction) {
    InferenceBatch batch = half(BatchKind.RESPONSE, new Pairing("credit", id), "response " + id, 1);
    Objects.requireNonNull(batch.column(Role.OUTPUT, "y")).setNumber(0, prediction);
    return batch;
  }

  private static InferenceBatch half(BatchKind kind, Pairing pairing, String delivery, int rows) {
    InferenceBatch batch = new InferenceBatch();
    batch.reset(ModelKey.of("credit"), kind, kind == BatchKind.REQUEST ? ASKED : ANSWERED);
    batch.ensureRows(rows);
    batch.setEvent(new EventKey(List.of(pairing), delivery, true));
    return batch;
  }
}
