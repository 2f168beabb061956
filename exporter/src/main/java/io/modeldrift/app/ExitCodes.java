package io.modeldrift.app;

/**
 * Exit codes of commands that are used in scripts. Verdicts of {@code compare} are small, and what
 * prevented a verdict is large, so that no error looks like one.
 */
final class ExitCodes {

  /** The command line is wrong ({@code EX_USAGE} of sysexits). */
  static final int USAGE = 64;

  /** A file cannot be read or used ({@code EX_DATAERR}). */
  static final int FAILURE = 65;

  private ExitCodes() {}
}
