package io.modeldrift.observe;

/**
 * How halves of inferences have ended, and how many wait. They add up: every half that was not a
 * duplicate is in a pair, alone or waiting, and every half that stayed alone expired or was
 * evicted.
 *
 * @param paired inferences whose halves have met
 * @param requestOnly requests whose response did not come in time
 * @param responseOnly responses whose request did not come in time
 * @param expired halves that waited for the whole timeout
 * @param evicted halves that had to go before, to make room
 * @param duplicate halves that came a second time, or under an id that was already taken
 * @param rowMismatch pairs whose halves differ in their number of rows
 * @param waiting halves that wait now
 * @param waitingBytes estimated bytes of the rows that wait now, and of all ids that are known
 */
public record PairingCounts(
    long paired,
    long requestOnly,
    long responseOnly,
    long expired,
    long evicted,
    long duplicate,
    long rowMismatch,
    int waiting,
    long waitingBytes) {}
