package io.modeldrift.truth;

import io.modeldrift.inference.ModelKey;
import io.modeldrift.inference.Value;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file in which reviews survive a restart.
 *
 * <p>A disk that fails costs the survival, not the reviews: they stay in memory and the failure is
 * reported once. Not thread-safe.
 */
final class ReviewStore implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ReviewStore.class);
  private static final String FILE = "reviews.mv";
  private static final byte WAITING = 0;
  private static final byte DECIDED = 1;

  private final @Nullable MVStore file;
  private final @Nullable MVMap<Long, byte[]> entries;
  private boolean failed;

  /** What a file held. */
  record Content(List<Review> waiting, List<Review.Decided> decided) {}

  private ReviewStore(@Nullable MVStore file) {
    this.file = file;
    this.entries = file == null ? null : file.openMap("reviews");
  }

  /** Opens the file of a directory; without one, or if it cannot be used, nothing is kept. */
  static ReviewStore open(@Nullable Path directory, Instant now) {
    if (directory == null) {
      return new ReviewStore(null);
    }
    Path path = directory.resolve(FILE);
    try {
      Files.createDirectories(directory);
      return new ReviewStore(openFile(path));
    } catch (MVStoreException e) {
      return e.getErrorCode() == DataUtils.ERROR_FILE_LOCKED
          ? unusable(path, e)
          : afresh(path, now, e);
    } catch (IOException | RuntimeException e) {
      return unusable(path, e);
    }
  }

  private static MVStore openFile(Path path) {
    return new MVStore.Builder().fileName(path.toString()).cacheSize(1).open();
  }

  private static ReviewStore afresh(Path path, Instant now, RuntimeException cause) {
    Path aside = path.resolveSibling(FILE + ".unreadable-" + now.toEpochMilli());
    try {
      Files.move(path, aside, StandardCopyOption.REPLACE_EXISTING);
      LOG.error("{} is not readable ({}); set aside as {}", path, cause.getMessage(), aside);
      return new ReviewStore(openFile(path));
    } catch (IOException | RuntimeException e) {
      return unusable(path, e);
    }
  }

  private static ReviewStore unusable(Path path, Exception cause) {
    LOG.error("{} cannot be used ({}); reviews will not survive a restart", path, cause.toString());
    return new ReviewStore(null);
  }

  /** Returns what is in the file, by number; entries that cannot be read are left out. */
  Content read() {
    List<Review> waiting = new ArrayList<>();
    List<Review.Decided> decided = new ArrayList<>();
    if (entries != null) {
      for (byte[] entry : entries.values()) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(entry))) {
          boolean over = in.readByte() == DECIDED;
          Review review = readReview(in);
          if (over) {
            decided.add(readDecision(in, review));
          } else {
            waiting.add(review);
          }
        } catch (IOException | RuntimeException e) {
          LOG.error("a review cannot be read: {}", e.getClass().getName());
        }
      }
    }
    return new Content(waiting, decided);
  }

  void put(Review review) {
    put(review.number(), out -> write(out.writeKind(WAITING), review));
  }

  void put(Review.Decided decided) {
    put(
        decided.review().number(),
        out -> {
          write(out.writeKind(DECIDED), decided.review());
          out.data.writeByte(decided.outcome().ordinal());
          writeValue(out.data, decided.value());
          out.data.writeUTF(decided.reviewer());
          out.data.writeLong(decided.decided().toEpochMilli());
        });
  }

  void remove(long number) {
    guarded(
        () -> {
          if (entries != null) {
            entries.remove(number);
          }
        });
  }

  /** Writes everything to the file now. */
  void flush() {
    guarded(
        () -> {
          if (file != null) {
            file.commit();
          }
        });
  }

  @Override
  public void close() {
    guarded(
        () -> {
          if (file != null) {
            file.close();
          }
        });
  }

  private interface Writing {
    void to(Out out) throws IOException;
  }

  private static final class Out {
    final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    final DataOutputStream data = new DataOutputStream(bytes);

    DataOutputStream writeKind(byte kind) throws IOException {
      data.writeByte(kind);
      return data;
    }
  }

  private void put(long number, Writing writing) {
    if (entries == null) {
      return;
    }
    Out out = new Out();
    try {
      writing.to(out);
    } catch (IOException e) {
      throw new UncheckedIOException("memory does not fail", e);
    }
    MVMap<Long, byte[]> map = entries;
    guarded(() -> map.put(number, out.bytes.toByteArray()));
  }

  private void guarded(Runnable work) {
    try {
      work.run();
    } catch (MVStoreException e) {
      if (!failed) {
        failed = true;
        LOG.error("the file of reviews failed; they will not survive a restart: {}", e.toString());
      }
    }
  }

  private static void write(DataOutputStream out, Review review) throws IOException {
    out.writeLong(review.number());
    out.writeUTF(review.model().name());
    out.writeUTF(review.model().version());
    out.writeUTF(review.inferenceId());
    out.writeInt(review.row());
    out.writeLong(review.time().toEpochMilli());
    out.writeByte(review.cause().ordinal());
    out.writeDouble(review.score());
    writeValue(out, review.decision());
    out.writeByte(review.columns().size());
    for (Map.Entry<String, String> column : review.columns().entrySet()) {
      out.writeUTF(column.getKey());
      out.writeUTF(column.getValue());
    }
  }

  private static Review readReview(DataInputStream in) throws IOException {
    long number = in.readLong();
    ModelKey model = new ModelKey(in.readUTF(), in.readUTF());
    String id = in.readUTF();
    int row = in.readInt();
    Instant time = Instant.ofEpochMilli(in.readLong());
    ReviewCause cause = ReviewCause.values()[in.readByte()];
    double score = in.readDouble();
    Value decision = readValue(in);
    Map<String, String> columns = new LinkedHashMap<>();
    for (int i = in.readByte(); i > 0; i--) {
      columns.put(in.readUTF(), in.readUTF());
    }
    return new Review(number, model, id, row, time, cause, score, decision, columns);
  }

  private static Review.Decided readDecision(DataInputStream in, Review review) throws IOException {
    ReviewOutcome outcome = ReviewOutcome.values()[in.readByte()];
    Value value = readValue(in);
    return new Review.Decided(
        review, outcome, value, in.readUTF(), Instant.ofEpochMilli(in.readLong()));
  }

  private static void writeValue(DataOutputStream out, @Nullable Value value) throws IOException {
    ByteWriter writer = new ByteWriter();
    writer.value(value);
    byte[] bytes = writer.bytes();
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  private static @Nullable Value readValue(DataInputStream in) throws IOException {
    return new ByteReader(in.readNBytes(in.readInt())).value();
  }
}
