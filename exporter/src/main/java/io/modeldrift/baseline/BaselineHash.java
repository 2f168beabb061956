package io.modeldrift.baseline;

import io.modeldrift.distribution.BinnedCounts;
import io.modeldrift.distribution.CategoricalLayout;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * The identity of a baseline: the first 64 bits of a SHA-256 over rows and columns, in hexadecimal.
 *
 * <p>Part of the baseline format. Model, time and source do not take part: the same rows and
 * settings give the same identity wherever they are counted.
 */
final class BaselineHash {

  private static final int BYTES = 8;

  private final MessageDigest digest;

  private BaselineHash() {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  static String of(long rows, List<BaselineColumn> columns, Optional<BaselineTruth> truth) {
    BaselineHash hash = new BaselineHash();
    hash.add(rows);
    hash.add(columns.size());
    columns.forEach(hash::add);
    truth.ifPresent(known -> hash.add(TruthJson.of(known).toString()));
    return HexFormat.of().formatHex(hash.digest.digest(), 0, BYTES);
  }

  private void add(BaselineColumn column) {
    add(column.name());
    add(column.role().label());
    add(column.layout().hash());
    if (column.layout() instanceof CategoricalLayout categorical) {
      long[] tail = categorical.tailHashes();
      add(tail.length);
      for (long hash : tail) {
        add(hash);
      }
    }
    add(column.counts());
    add(column.mean());
    add(column.standardDeviation());
    add(column.importance());
    add(column.chunks().size());
    column.chunks().forEach(this::add);
    if (column.derivation() != null) {
      add(DerivationJson.of(column.derivation()).toString());
    }
  }

  private void add(BinnedCounts counts) {
    for (int bin = 0; bin < counts.bins(); bin++) {
      add(counts.count(bin));
      if (counts.hasSums()) {
        add(counts.sum(bin));
      }
    }
  }

  private void add(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    add(bytes.length);
    digest.update(bytes);
  }

  private void add(double number) {
    add(Double.doubleToLongBits(number));
  }

  private void add(long number) {
    digest.update(ByteBuffer.allocate(Long.BYTES).putLong(number).array());
  }
}
