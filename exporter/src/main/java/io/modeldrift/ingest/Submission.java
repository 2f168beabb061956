package io.modeldrift.ingest;

import io.modeldrift.decode.Payload;
import java.util.function.Consumer;

/**
 * A payload on its way to an observer thread.
 *
 * @param whenEnded told the verdict, on the thread that reached it
 * @param awaited whether somebody waits for the verdict
 */
record Submission(Payload payload, Consumer<Verdict> whenEnded, boolean awaited) {}
