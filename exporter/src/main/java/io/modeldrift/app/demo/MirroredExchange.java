package io.modeldrift.app.demo;

import java.time.Instant;

/**
 * One request that went through the mirror, with the answer that the client got.
 *
 * <p>The arrays are shared, not copied; nobody writes to them.
 *
 * @param id the same for request and response, unique among exchanges
 * @param path path and query, as the client sent them
 * @param contentType of the request
 * @param status the status that the client got
 */
@SuppressWarnings("ArrayRecordComponent") // handed from one thread to another, never compared
record MirroredExchange(
    String id,
    String path,
    String contentType,
    Instant requestedAt,
    byte[] request,
    int status,
    Instant answeredAt,
    byte[] response) {}
