package io.modeldrift.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SnapshotFileTest {

  private static final Instant NOW = Instant.parse("2030-01-02T03:04:05Z");

  @TempDir private Path directory;
  private Path file = Path.of("snapshot");

  @BeforeEach
  void place() {
    file = directory.resolve("snapshot");
  }

  /** Keeps numbers, one a section. */
  private static final class Numbers implements StatePart {
    final String name;
    final int version;
    final List<Long> numbers = new ArrayList<>();
    boolean continuous;

    Numbers(String name, int version, Long... numbers) {
      this.name = name;
      this.version = version;
      this.numbers.addAll(List.of(numbers));
    }

    @Override
    public String stateName() {
      return name;
    }

    @Override
    public int stateVersion() {
      return version;
    }

    @Override
    public void save(Sections sections) throws IOException {
      for (long number : numbers) {
        StateOutput section = new StateOutput();
        section.number(number);
        sections.add(section);
      }
    }

    @Override
    public void restore(StateInput section, boolean goesOn) throws SnapshotException {
      numbers.add(section.number());
      continuous = goesOn;
    }
  }

  @Test
  void sections_comeBackToTheirParts() throws Exception {
    Numbers one = new Numbers("one", 1, 1L, -1L, Long.MAX_VALUE);
    long bytes = SnapshotFile.write(file, NOW, true, List.of(one, new Numbers("two", 3, 7L)));

    Numbers restoredOne = new Numbers("one", 1);
    Numbers restoredTwo = new Numbers("two", 3);
    SnapshotFile.Restored restored =
        SnapshotFile.read(file, List.of(restoredTwo, restoredOne), true);

    assertThat(restored.taken()).isEqualTo(NOW);
    assertThat(restored.skipped()).isEmpty();
    assertThat(restoredOne.numbers).isEqualTo(one.numbers);
    assertThat(restoredOne.continuous).isTrue();
    assertThat(restoredTwo.numbers).containsExactly(7L);
    assertThat(bytes).isEqualTo(Files.size(file));
    assertThat(directory.toFile().list()).containsExactly("snapshot");
  }

  @Test
  void otherVersionsAndUnknownParts_areSkippedAndNamed() throws Exception {
    SnapshotFile.write(
        file, NOW, false, List.of(new Numbers("one", 1, 1L), new Numbers("two", 3, 7L)));

    Numbers newer = new Numbers("one", 2);
    SnapshotFile.Restored restored = SnapshotFile.read(file, List.of(newer), true);

    assertThat(newer.numbers).isEmpty();
    assertThat(restored.skipped()).hasSize(2).anyMatch(s -> s.startsWith("two: "));
    assertThat(restored.foreign()).isTrue();
  }

  @Test
  void partsBesideAForeignOne_startFromZero() throws Exception {
    SnapshotFile.write(
        file, NOW, true, List.of(new Numbers("one", 1, 1L), new Numbers("two", 3, 7L)));

    Numbers one = new Numbers("one", 1);
    SnapshotFile.read(file, List.of(one, new Numbers("two", 4)), true);

    assertThat(one.numbers).containsExactly(1L);
    assertThat(one.continuous).isFalse();
  }

  @Test
  void fileThatSomebodyWentOnFrom_isNotContinuedAgain() throws Exception {
    SnapshotFile.write(file, NOW, true, List.of(new Numbers("one", 1, 1L)));

    Numbers one = new Numbers("one", 1);
    SnapshotFile.read(file, List.of(one), false);

    assertThat(one.numbers).containsExactly(1L);
    assertThat(one.continuous).isFalse();
  }

  @Test
  void anyChangedByte_isNoticedBeforeAnythingIsRestored() throws Exception {
    SnapshotFile.write(file, NOW, false, List.of(new Numbers("one", 1, 1L, 300L)));
    byte[] good = Files.readAllBytes(file);
    for (int at = 0; at < good.length; at++) {
      byte[] bad = good.clone();
      bad[at] ^= 0x10;
      Files.write(file, bad);
      Numbers part = new Numbers("one", 1);

      assertThatThrownBy(() -> SnapshotFile.read(file, List.of(part), true))
          .as("byte %d", at)
          .isInstanceOf(SnapshotException.class);
      assertThat(part.numbers).isEmpty();
    }
  }

  @Test
  void anyMissingEnd_isNoticed() throws Exception {
    SnapshotFile.write(file, NOW, false, List.of(new Numbers("one", 1, 1L, 300L)));
    byte[] good = Files.readAllBytes(file);
    for (int length = 0; length < good.length; length++) {
      Files.write(file, Arrays.copyOf(good, length));
      assertThatThrownBy(() -> SnapshotFile.read(file, List.of(), true))
          .as("%d bytes", length)
          .isInstanceOf(SnapshotException.class);
    }
    Files.write(file, Arrays.copyOf(good, good.length + 1));
    assertThatThrownBy(() -> SnapshotFile.read(file, List.of(), true))
        .isInstanceOf(SnapshotException.class);
  }

  @Test
  void values_comeBackAsTheyWere() throws Exception {
    double[] reals = {0, -0.0, 1, 1e300, Double.MIN_VALUE, Double.NaN, Double.NEGATIVE_INFINITY};
    StateOutput out = new StateOutput();
    out.reals(reals);
    out.text("ü€😀");
    out.flag(true);
    out.instant(Instant.MIN);
    out.numbers(new long[] {0, 127, 128, 1L << 53});

    StateInput in = new StateInput(out.toBytes());
    assertThat(in.reals(reals.length)).containsExactly(reals);
    assertThat(in.text(100)).isEqualTo("ü€😀");
    assertThat(in.flag()).isTrue();
    assertThat(in.instant()).isEqualTo(Instant.MIN);
    assertThat(in.counts(4)).containsExactly(0, 127, 128, 1L << 53);
    assertThat(in.remaining()).isZero();
  }

  @Test
  void lengths_areCheckedBeforeMemoryIsTaken() {
    StateOutput out = new StateOutput();
    out.number(Integer.MAX_VALUE);
    byte[] bytes = out.toBytes();

    assertThatThrownBy(() -> new StateInput(bytes).counts(Integer.MAX_VALUE))
        .isInstanceOf(SnapshotException.class);
    assertThatThrownBy(() -> new StateInput(bytes).text(Integer.MAX_VALUE))
        .isInstanceOf(SnapshotException.class);
    assertThatThrownBy(
            () -> new StateInput(new byte[] {-1, -1, -1, -1, -1, -1, -1, -1, -1, -1}).number())
        .isInstanceOf(SnapshotException.class);
  }
}
