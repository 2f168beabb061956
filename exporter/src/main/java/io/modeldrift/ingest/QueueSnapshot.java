package io.modeldrift.ingest;

/**
 * How full the queue of payloads is.
 *
 * @param bytes bodies that wait
 * @param limitBytes how many there may be
 * @param entries payloads that wait
 * @param limitEntries how many there may be
 */
public record QueueSnapshot(long bytes, long limitBytes, int entries, int limitEntries) {}
