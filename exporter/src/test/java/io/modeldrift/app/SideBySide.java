package io.modeldrift.app;

import io.modeldrift.app.MirroredClient.Times;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Proxies in front of one model that differ in what they mirror to, measured in turns: what else
 * the machine does meets all of them alike.
 */
final class SideBySide implements AutoCloseable {

  private static final int ROUNDS = 5;

  /** So many that three requests, all that the recipe's breaker lets wait, are less than 1 %. */
  private static final int REQUESTS = 400;

  private final Path folder;
  private final int model;
  private final List<MirroringProxy> proxies = new ArrayList<>();
  private final MirroredClient withoutMirror;
  private final Map<String, MirroredClient> mirrored = new LinkedHashMap<>();

  /**
   * How many times as long requests take with a mirror as without.
   *
   * @param median of the best round
   * @param p99 of the best round, which need not be the same
   */
  record Ratios(double median, double p99) {

    private static Ratios of(Times with, Times without) {
      return new Ratios(with.median() / without.median(), with.p99() / without.p99());
    }

    private Ratios best(Ratios other) {
      return new Ratios(Math.min(median, other.median), Math.min(p99, other.p99));
    }

    @Override
    public String toString() {
      return "ratio of medians %.2f, of p99 %.2f".formatted(median, p99);
    }
  }

  /** Starts nginx without a mirror: the recipe with the line that mirrors taken out. */
  SideBySide(Path folder, int model) throws Exception {
    this.folder = folder;
    this.model = model;
    this.withoutMirror = client(MirroringProxy.nginxWithoutMirror(own("direct"), model));
  }

  /** Starts nginx with the recipe. */
  void mirrorTo(String name, int exporter) throws Exception {
    mirrored.put(
        name,
        client(MirroringProxy.nginx("mirror.conf", own(name.replace(' ', '-')), model, exporter)));
  }

  /** Returns what each mirror costs in its best round, by name. */
  Map<String, Ratios> measure() throws Exception {
    Map<String, Ratios> best = new LinkedHashMap<>();
    for (int round = 0; round <= ROUNDS; round++) {
      Times without = withoutMirror.send(REQUESTS);
      for (Map.Entry<String, MirroredClient> each : mirrored.entrySet()) {
        Times with = each.getValue().send(REQUESTS);
        if (round > 0) { // before that everything was warming up
          System.out.printf("%-18s %s; without mirror %s%n", each.getKey(), with, without);
          best.merge(each.getKey(), Ratios.of(with, without), Ratios::best);
        }
      }
    }
    return best;
  }

  @Override
  public void close() {
    proxies.forEach(MirroringProxy::close);
  }

  private MirroredClient client(MirroringProxy proxy) {
    proxies.add(proxy);
    return new MirroredClient(proxy.port());
  }

  private Path own(String name) throws Exception {
    return Files.createDirectories(folder.resolve(name));
  }
}
