"""Durations as Prometheus writes them."""
import re

UNITS = {"ms": 0.001, "s": 1, "m": 60, "h": 3600, "d": 86400, "w": 604800}


def seconds(duration):
    parts = re.findall(r"(\d+)(ms|[smhdw])", duration)
    if not parts or "".join(number + unit for number, unit in parts) != duration:
        raise ValueError(f"{duration!r} is not a duration such as 5m, 1h or 1d")
    return sum(int(number) * UNITS[unit] for number, unit in parts)


def duration(value):
    """The shortest single-unit form: 300 is 5m, 90 is 90s."""
    milliseconds = max(1, round(value * 1000))
    for unit in ("w", "d", "h", "m", "s"):
        size = round(UNITS[unit] * 1000)
        if milliseconds % size == 0:
            return f"{milliseconds // size}{unit}"
    return f"{milliseconds}ms"
