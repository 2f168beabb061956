package io.modeldrift.snapshot;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestInputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;

/**
 * The file that holds the state of all parts.
 *
 * <pre>
 * magic "MDRIFT" 0 1 · moment (milliseconds) · continuous (0 or 1) ·
 *   (1 · name · version · length · bytes of the section)* · 0 · SHA-256 of everything before
 * </pre>
 */
public final class SnapshotFile {

  private static final byte[] MAGIC = {'M', 'D', 'R', 'I', 'F', 'T', 0, 1};
  private static final int MAX_SECTION_BYTES = 256 << 20;
  private static final int MAX_NAME_BYTES = 40;

  private SnapshotFile() {}

  /**
   * What was read.
   *
   * @param taken when it was written
   * @param skipped why sections were not restored; empty if all were
   * @param foreign whether some were written by another version of the exporter
   */
  public record Restored(Instant taken, List<String> skipped, boolean foreign) {}

  /**
   * Replaces the file by the state of the parts, as a whole: whoever reads it meanwhile, or after a
   * crash, finds the old one or the new one.
   *
   * @param continuous whether nothing will happen after it, as at a stop
   * @return how many bytes it has
   */
  public static long write(Path file, Instant now, boolean continuous, List<StatePart> parts)
      throws IOException {
    Path part = file.resolveSibling(file.getFileName() + ".part");
    try {
      try (FileChannel channel =
          FileChannel.open(
              part,
              StandardOpenOption.CREATE,
              StandardOpenOption.TRUNCATE_EXISTING,
              StandardOpenOption.WRITE)) {
        write(channel, now, continuous, parts);
        channel.force(true); // else a crash may leave the new name with no content
      }
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      return Files.size(file);
    } finally {
      Files.deleteIfExists(part);
    }
  }

  private static void write(
      FileChannel channel, Instant now, boolean continuous, List<StatePart> parts)
      throws IOException {
    MessageDigest digest = sha256();
    DataOutputStream out =
        new DataOutputStream(
            new BufferedOutputStream(
                new DigestOutputStream(Channels.newOutputStream(channel), digest), 1 << 16));
    out.write(MAGIC);
    out.writeLong(now.toEpochMilli());
    out.writeBoolean(continuous);
    for (StatePart part : parts) {
      part.save(section -> write(out, part, section.toBytes()));
    }
    out.writeBoolean(false);
    out.flush();
    out.write(digest.digest());
    out.flush();
  }

  private static void write(DataOutputStream out, StatePart part, byte[] section)
      throws IOException {
    if (section.length > MAX_SECTION_BYTES) {
      throw new IOException(part.stateName() + ": a section of " + section.length + " bytes");
    }
    byte[] name = part.stateName().getBytes(StandardCharsets.US_ASCII);
    out.writeBoolean(true);
    out.writeByte(name.length);
    out.write(name);
    out.writeInt(part.stateVersion());
    out.writeInt(section.length);
    out.write(section);
  }

  /**
   * Restores the parts from a file, after its checksum has been compared.
   *
   * <p>Counters go on only if the last process stopped in peace and all of them are there: some
   * that go on beside others from zero would contradict each other.
   *
   * @param mayContinue whether nobody has gone on from this file yet
   * @throws SnapshotException if the file is not what it should be; nothing was restored then
   */
  public static Restored read(Path file, List<StatePart> parts, boolean mayContinue)
      throws IOException {
    Map<String, StatePart> byName = new HashMap<>();
    parts.forEach(part -> byName.put(part.stateName(), part));
    Set<String> foreign = new TreeSet<>();
    try (InputStream in = Files.newInputStream(file)) {
      parse(
          in,
          Files.size(file),
          (header, section) -> {
            StatePart part = byName.get(header.name());
            if (part == null || part.stateVersion() != header.version()) {
              foreign.add(header.name());
            }
          });
    }
    byName.keySet().removeAll(foreign);
    boolean goesOn = mayContinue && foreign.isEmpty();
    List<String> skipped = new ArrayList<>();
    foreign.forEach(name -> skipped.add(name + ": of another version of the exporter"));
    try (InputStream in = Files.newInputStream(file)) {
      Instant taken =
          parse(
              in,
              Files.size(file),
              (header, section) -> restore(byName, header, section, goesOn, skipped));
      return new Restored(taken, List.copyOf(skipped), !foreign.isEmpty());
    }
  }

  /** What stands before a section. */
  private record Header(String name, int version, boolean continuous) {}

  private static void restore(
      Map<String, StatePart> parts,
      Header header,
      byte[] section,
      boolean goesOn,
      List<String> skipped) {
    StatePart part = parts.get(header.name());
    if (part == null) {
      return;
    }
    try {
      part.restore(new StateInput(section), goesOn && header.continuous());
    } catch (SnapshotException e) {
      skipped.add(header.name() + ": " + e.getMessage());
    }
  }

  /** Reads all sections and compares the checksum at the end; returns when it was written. */
  private static Instant parse(InputStream file, long size, BiConsumer<Header, byte[]> sections)
      throws IOException {
    MessageDigest digest = sha256();
    DataInputStream in =
        new DataInputStream(new DigestInputStream(new BufferedInputStream(file, 1 << 16), digest));
    try {
      if (!Arrays.equals(in.readNBytes(MAGIC.length), MAGIC)) {
        throw new SnapshotException("not a snapshot of this exporter");
      }
      Instant taken = Instant.ofEpochMilli(in.readLong());
      boolean continuous = in.readBoolean();
      while (in.readBoolean()) {
        Header header = header(in, continuous);
        int length = in.readInt();
        if (length < 0 || length > Math.min(MAX_SECTION_BYTES, size)) {
          throw new SnapshotException("a section of " + length + " bytes");
        }
        sections.accept(header, readFully(in, length));
      }
      byte[] computed = digest.digest();
      if (!MessageDigest.isEqual(computed, in.readNBytes(computed.length)) || in.read() >= 0) {
        throw new SnapshotException("its checksum is wrong");
      }
      return taken;
    } catch (EOFException e) {
      throw new SnapshotException("it ends too early");
    }
  }

  private static Header header(DataInputStream in, boolean continuous) throws IOException {
    int nameLength = in.readUnsignedByte();
    if (nameLength > MAX_NAME_BYTES) {
      throw new SnapshotException("a name of " + nameLength + " bytes");
    }
    String name = new String(readFully(in, nameLength), StandardCharsets.US_ASCII);
    return new Header(name, in.readInt(), continuous);
  }

  private static byte[] readFully(DataInputStream in, int length) throws IOException {
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new EOFException();
    }
    return bytes;
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
