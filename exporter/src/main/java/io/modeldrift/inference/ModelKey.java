package io.modeldrift.inference;

/**
 * The model that an inference belongs to: its name and version, as traffic spells them.
 *
 * @param name never blank; {@value #UNKNOWN} when nothing names the model
 * @param version never blank; {@value #UNVERSIONED} when traffic does not say
 */
public record ModelKey(String name, String version) implements Comparable<ModelKey> {

  public static final String UNKNOWN = "unknown";
  public static final String UNVERSIONED = "unversioned";

  /** Replaces a blank name or version by its placeholder. */
  public ModelKey {
    name = name.isBlank() ? UNKNOWN : name;
    version = version.isBlank() ? UNVERSIONED : version;
  }

  /** Returns the key of a model whose traffic names no version. */
  public static ModelKey of(String name) {
    return new ModelKey(name, UNVERSIONED);
  }

  /** Orders by name, then by version, as text. */
  @Override
  public int compareTo(ModelKey other) {
    int byName = name.compareTo(other.name);
    return byName != 0 ? byName : version.compareTo(other.version);
  }

  @Override
  public String toString() {
    return version.equals(UNVERSIONED) ? name : name + " " + version;
  }
}
