package io.modeldrift.observe;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerWatchTest {

  @TempDir private Path root;

  @Test
  void process_tellsProcessorTimeAndResidentMemory() throws IOException {
    write("proc/42/stat", "42 (odd) name)) S 1 2 3 4 5 6 7 8 9 10 1234 66 0 0 20 0 9 0 100 5 6");
    write("proc/42/status", "Name:\todd\nVmHWM:\t  9000 kB\nVmRSS:\t  2048 kB\nThreads:\t9\n");

    ServerUsage usage = usage(ModelServer.Kind.PID, "42");

    assertThat(usage.cpuSeconds()).hasValue(13.0);
    assertThat(usage.memoryBytes()).hasValue(2048 * 1024);
    assertThat(usage.memoryLimitBytes()).isEmpty();
    assertThat(usage.isVisible()).isTrue();
  }

  @Test
  void pidFile_leadsToTheProcess() throws IOException {
    write("proc/7/stat", "7 (server) S 1 2 3 4 5 6 7 8 9 10 100 100 0 0");
    write("run/server.pid", "7\n");

    assertThat(usage(ModelServer.Kind.PID_FILE, "/run/server.pid").cpuSeconds()).hasValue(2.0);
  }

  @Test
  void controlGroup_tellsItsLimitToo() throws IOException {
    write("sys/fs/cgroup/kube/pod1/cpu.stat", "usage_usec 2500000\nuser_usec 2000000\n");
    write("sys/fs/cgroup/kube/pod1/memory.current", "1048576\n");
    write("sys/fs/cgroup/kube/pod1/memory.max", "4194304\n");

    ServerUsage usage = usage(ModelServer.Kind.CGROUP, "/kube/pod1");

    assertThat(usage.cpuSeconds()).hasValue(2.5);
    assertThat(usage.memoryBytes()).hasValue(1 << 20);
    assertThat(usage.memoryLimitBytes()).hasValue(4 << 20);
  }

  @Test
  void controlGroupWithoutLimit_tellsNone() throws IOException {
    write("sys/fs/cgroup/pod/memory.current", "10\n");
    write("sys/fs/cgroup/pod/memory.max", "max\n");

    assertThat(usage(ModelServer.Kind.CGROUP, "pod").memoryLimitBytes()).isEmpty();
  }

  @Test
  void whatIsNotThereOrNotAsExpected_isAbsent() throws IOException {
    write("proc/9/stat", "9 (short) S 1");
    write("proc/9/status", "VmRSS:\tmany kB\n");
    write("run/broken.pid", "../../etc\n");

    assertThat(usage(ModelServer.Kind.PID, "8").isVisible()).isFalse();
    assertThat(usage(ModelServer.Kind.PID, "9").isVisible()).isFalse();
    assertThat(usage(ModelServer.Kind.PID_FILE, "run/broken.pid").isVisible()).isFalse();
    assertThat(usage(ModelServer.Kind.CGROUP, "nowhere\0").isVisible()).isFalse();
  }

  private ServerUsage usage(ModelServer.Kind kind, String place) {
    ModelServer server = new ModelServer("credit", "", kind, place);
    return new ServerWatch(root, List.of(server)).usage().get(0);
  }

  private void write(String file, String text) throws IOException {
    Path path = root.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }
}
