"""Bounds of a share, so that three bad rows out of ten alarm nobody."""
from statistics import NormalDist


def wilson(share, rows, sign, match, context):
    """One-sided Wilson (1927) bound of `share` of `rows`; `sign` is - for the lower and + for the upper one.

    `match` joins the two vectors and is empty where they have the same labels.
    """
    z = NormalDist().inv_cdf(context.thresholds["drift"]["confidence"])
    times = f"* {match} {rows}" if match else f"* {rows}"
    return f"""
(
  {share} {times}
  + {z * z / 2:.10f}
  {sign} {z:.10f} * sqrt({share} * (1 - {share}) {times} + {z * z / 4:.10f})
)
/ {match + " " if match else ""}({rows} + {z * z:.10f})"""
