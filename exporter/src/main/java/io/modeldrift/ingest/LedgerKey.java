package io.modeldrift.ingest;

import io.modeldrift.decode.Protocol;

/**
 * One line of the ledger.
 *
 * @param reason value of the {@code reason} label; empty for observed payloads
 */
public record LedgerKey(Outcome outcome, String reason, Protocol protocol) {}
