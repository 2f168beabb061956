/** Takes payloads, bounds the work, keeps the ledger. */
@NullMarked
package io.modeldrift.ingest;

import org.jspecify.annotations.NullMarked;
