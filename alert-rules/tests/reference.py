"""The statistics of the fleet verdict, written from the formulas in docs/statistics.md without PromQL and without
closed forms: what the rules must give. Standard library only.
"""
import math

ALPHA, MINIMUM_ROWS, TOLERANCE = 0.01, 100, {"warning": 0.02, "drifted": 0.1}


def shares(counts):
    total = sum(counts)
    return [count / total for count in counts]


def half_counts(baseline, current):
    used = [(b, c) for b, c in zip(baseline, current) if b + c > 0]
    b_total, c_total, half = sum(b for b, _ in used), sum(c for _, c in used), len(used) / 2
    return [((b + .5) / (b_total + half), (c + .5) / (c_total + half)) for b, c in used]


def measures(baseline, current, steps=None):
    """steps: distances between the bins of an ordered feature, whose value bins come first."""
    smooth = half_counts(baseline, current)
    pairs = list(zip(shares(baseline), shares(current)))
    log2 = lambda share, middle: share * math.log2(share / middle) if share > 0 else 0  # noqa: E731
    result = {
        "psi": sum((q - p) * math.log(q / p) for p, q in smooth),
        "kl": sum(q * math.log(q / p) for p, q in smooth),
        "js_distance": math.sqrt(max(0, sum(log2(p, (p + q) / 2) + log2(q, (p + q) / 2) for p, q in pairs) / 2)),
        "hellinger": math.sqrt(sum((math.sqrt(p) - math.sqrt(q)) ** 2 for p, q in pairs) / 2),
        "total_variation": sum(abs(p - q) for p, q in pairs) / 2,
        "l_infinity": max(abs(p - q) for p, q in pairs),
        "cramers_v": math.sqrt(sum((p - q) ** 2 / (p + q) for p, q in pairs if p + q > 0) / 2)}
    if steps:
        values = len(steps) + 1
        gaps, gap = [], 0
        for p, q in list(zip(shares(baseline[:values]), shares(current[:values])))[:-1]:
            gap += q - p
            gaps.append(abs(gap))
        result |= {"ks": max(gaps), "wasserstein": sum(each * step for each, step in zip(gaps, steps))}
    return result


def required_rows(bins, dispersion, baseline_rows, tolerance):
    x = (bins - 1) * dispersion
    return None if x / baseline_rows >= tolerance else max(MINIMUM_ROWS, math.ceil(x / (tolerance - x / baseline_rows)))


def upper_gamma(a, x):
    """Regularised upper incomplete gamma function: series below a + 1, Lentz's continued fraction above."""
    if x <= 0:
        return 1.0
    front = math.exp(a * math.log(x) - x - math.lgamma(a))
    if x < a + 1:
        term = total = 1 / a
        n = a
        while term > total * 1e-17:
            n += 1
            term *= x / n
            total += term
        return 1 - front * total
    b, c = x + 1 - a, 1e300
    d = 1 / b
    h, i = d, 0
    while True:
        i += 1
        an = -i * (i - a)
        b += 2
        d = 1 / ((an * d + b) or 1e-300)
        c = (b + an / c) or 1e-300
        h *= d * c
        if abs(d * c - 1) < 1e-15:
            return front * h


def chi_square_tail(x, df, noncentrality):
    """P(X > x): a Poisson mixture of central tails, summed over ten standard deviations around its mean."""
    if x <= 0:
        return 1.0
    if noncentrality == 0:
        return upper_gamma(df / 2, x / 2)
    mean, y = noncentrality / 2, x / 2
    first = max(0, int(mean - 10 * math.sqrt(mean) - 10))
    last = int(mean + 10 * math.sqrt(mean) + 30)
    a = df / 2 + first
    tail = upper_gamma(a, y)
    density = math.exp(a * math.log(y) - y - math.lgamma(a + 1))  # Q(a + 1) - Q(a)
    weight = math.exp(first * math.log(mean) - mean - math.lgamma(first + 1))
    total = 0.0
    for j in range(first, last + 1):
        total += weight * tail
        tail += density
        a += 1
        density *= y / a
        weight *= mean / (j + 1)
    return total


def quantile(upper_tail, df, noncentrality):
    """Bisection; 50 halvings leave a relative error far below that of the rules."""
    low, high = 0.0, df + noncentrality + 20 * math.sqrt(2 * df + 4 * noncentrality) + 50
    for _ in range(50):
        middle = (low + high) / 2
        if chi_square_tail(middle, df, noncentrality) > upper_tail:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def verdict(baseline, current, dispersion=1.0, unevenness=1.0, tolerances=None):
    """One feature on its own; `judge` sets thresholds and state for a family."""
    tolerances = tolerances or TOLERANCE
    bins = sum(b + c > 0 for b, c in zip(baseline, current))
    rows, baseline_rows = sum(current), sum(baseline)
    need = required_rows(bins, dispersion, baseline_rows, tolerances["drifted"])
    result = {"rows": rows, "required": need, "state": -1}
    if need is None or rows < need:
        return result
    unit = (1 / baseline_rows + 1 / rows) * dispersion * unevenness
    return {**result, "state": 0, "psi": measures(baseline, current)["psi"], "unit": unit, "df": max(1, (bins - 1) / unevenness),
            "floor": (bins - 1) * unit / unevenness, "tolerances": tolerances}


def judge(verdicts):
    """Benjamini-Hochberg over one family: sets warning, drifted and state of every verdict that has enough rows."""
    judged = [each for each in verdicts if each["state"] >= 0]
    for level, severity in ((1, "warning"), (2, "drifted")):
        tails = sorted(chi_square_tail(each["psi"] / each["unit"], each["df"], each["tolerances"][severity] / each["unit"]) for each in judged)
        flagged = max((rank for rank, tail in enumerate(tails, 1) if tail <= ALPHA * rank / len(judged)), default=0)
        for each in judged:
            alpha = ALPHA * max(flagged, 1) / len(judged)
            each[severity] = each["unit"] * quantile(alpha, each["df"], each["tolerances"][severity] / each["unit"])
            if each["psi"] > each[severity]:
                each["state"] = level
