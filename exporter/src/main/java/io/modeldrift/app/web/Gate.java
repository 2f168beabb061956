package io.modeldrift.app.web;

import io.modeldrift.app.web.Refusals.Reason;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Stands before every path of an address: who is not let in learns nothing, not even whether the
 * path exists.
 *
 * <p>Where the web configuration names users, every path needs one; {@code /api/v1/…} and pages
 * with rows also take a token instead. Where only tokens are configured, those need one. The path
 * is compared as the router compares it, undecoded.
 */
final class Gate implements Filter {

  /** Not all of /api: model servers of Seldon are asked at /api/v1.0 and /api/v0.1. */
  private static final String API = "/api/v1/";

  private static final String OPERATIONS = "/-/";
  private static final String REVIEWS = "/reviews";
  private static final String REVIEWS_API = "/api/v1/reviews";

  private static final Set<String> OTHER_SITES = Set.of("cross-site", "same-site");

  /** For whatever a browser may show; pages say more exactly what they contain. */
  private static final Map<String, String> DEFAULT_HEADERS =
      Map.of(
          "X-Content-Type-Options", "nosniff",
          "X-Frame-Options", "deny",
          "Referrer-Policy", "no-referrer",
          "Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");

  private final AddressAccess access;
  private final Refusals refusals;
  private final boolean rowDoors;

  Gate(AddressAccess access, Refusals refusals, boolean rowDoors) {
    this.access = access;
    this.refusals = refusals;
    this.rowDoors = rowDoors;
  }

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    HttpServletRequest http = (HttpServletRequest) request;
    HttpServletResponse answer = (HttpServletResponse) response;
    AddressAccess.Current current = access.current();
    if (!isCopy(http)) {
      DEFAULT_HEADERS.forEach(answer::setHeader);
    }
    current.config().headers().forEach(answer::setHeader);
    Optional<Reason> reason = refusal(http, current);
    if (reason.isEmpty()) {
      chain.doFilter(request, response);
      return;
    }
    refusals.count(reason.get());
    refuse(answer, reason.get(), current);
  }

  /** Whether a request may be a copy of traffic, whose empty answer nobody looks at. */
  private static boolean isCopy(HttpServletRequest request) {
    String path = request.getRequestURI();
    return !request.getMethod().equals("GET")
        && !path.startsWith(API)
        && !path.startsWith(OPERATIONS)
        && !leadsToRows(path);
  }

  private static boolean leadsToRows(String path) {
    return path.startsWith(REVIEWS) || path.startsWith(REVIEWS_API);
  }

  private Optional<Reason> refusal(HttpServletRequest request, AddressAccess.Current current) {
    if (current.rate().isPresent() && !current.rate().get().admits()) {
      return Optional.of(Reason.RATE_LIMITED);
    }
    String path = request.getRequestURI();
    boolean rows = leadsToRows(path);
    boolean api = rows || path.startsWith(API);
    Optional<Reason> stranger = stranger(request, current, api);
    if (stranger.isPresent()) {
      return stranger;
    }
    boolean foreign = (rows || path.startsWith(OPERATIONS)) && isForeignPage(request);
    return foreign || (rows && !rowDoors) ? Optional.of(Reason.FORBIDDEN) : Optional.empty();
  }

  private static Optional<Reason> stranger(
      HttpServletRequest request, AddressAccess.Current current, boolean api) {
    boolean open = current.users().isEmpty() && !(api && !current.tokens().isEmpty());
    if (open) {
      return Optional.empty();
    }
    String credentials = request.getHeader("Authorization");
    if (credentials == null) {
      return Optional.of(Reason.UNAUTHENTICATED);
    }
    if (api && hasScheme(credentials, "Bearer ")) {
      return current.tokens().contains(credentials.substring(7).strip())
          ? Optional.empty()
          : Optional.of(Reason.UNAUTHENTICATED);
    }
    return hasScheme(credentials, "Basic ") && !current.users().isEmpty()
        ? user(credentials.substring(6).strip(), current.users())
        : Optional.of(Reason.UNAUTHENTICATED);
  }

  private static Optional<Reason> user(String encoded, Users users) {
    String pair;
    try {
      pair = new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return Optional.of(Reason.UNAUTHENTICATED);
    }
    int colon = pair.indexOf(':');
    if (colon < 0) {
      return Optional.of(Reason.UNAUTHENTICATED);
    }
    return switch (users.check(pair.substring(0, colon), pair.substring(colon + 1))) {
      case RIGHT -> Optional.empty();
      case WRONG -> Optional.of(Reason.UNAUTHENTICATED);
      case BUSY -> Optional.of(Reason.BUSY);
    };
  }

  private static boolean hasScheme(String credentials, String scheme) {
    return credentials.regionMatches(true, 0, scheme, 0, scheme.length());
  }

  /**
   * A page of another site can make a browser, which knows the password, send a request; only
   * browsers send this header, and a page cannot change it. Mirrored traffic may carry it, too.
   */
  private static boolean isForeignPage(HttpServletRequest request) {
    String site = request.getHeader("Sec-Fetch-Site");
    return site != null && OTHER_SITES.contains(site) && !request.getMethod().equals("GET");
  }

  private static void refuse(
      HttpServletResponse answer, Reason reason, AddressAccess.Current current) {
    switch (reason) {
      case UNAUTHENTICATED -> {
        answer.setStatus(401);
        String scheme =
            current.users().isEmpty() ? "Bearer" : "Basic realm=\"model-drift-exporter\"";
        answer.setHeader("WWW-Authenticate", scheme);
      }
      case FORBIDDEN -> answer.setStatus(403);
      case RATE_LIMITED -> answer.setStatus(429);
      case MALFORMED, TLS_HANDSHAKE, HTTP2_FLOOD, CONNECTION_LIMIT ->
          throw new IllegalStateException(reason + " never comes as far as this");
      case BUSY -> {
        answer.setStatus(503);
        answer.setHeader("Retry-After", "1");
      }
    }
    answer.setContentLength(0);
  }
}
