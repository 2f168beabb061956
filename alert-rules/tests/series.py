"""Input series of promtool tests, written briefly."""

MODEL = {"model": "fraud", "version": "v1"}


def name(series, /, **labels):
    return series + "{" + ",".join(f'{key}="{value}"' for key, value in labels.items()) + "}"


def column(feature, bins, role="input", instance="a", **labels):
    """bins: name -> (baseline rows or None, counter or None[, lower, upper])."""
    common = {**MODEL, **labels, "feature": feature, "role": role}
    result = {}
    for bin_, (rows, counter, *edges) in bins.items():
        lower, upper = edges or ("", "")
        if counter is not None:
            result[name("model_feature_values_total", **common, bin=bin_, instance=instance)] = counter
        if rows is not None:
            result[name("model_feature_baseline_values", **common, bin=bin_, lower=lower, upper=upper, instance=instance)] = f"{rows}x4000"
    return result


def counter(*phases):
    """(minutes, increase per minute) after each other, from 0 on; the first phase has one sample more, at minute 0."""
    value, parts = 0, []
    for minutes, step in phases:
        parts.append(f"{value + step}+{step}x{minutes - 1}" if parts else f"0+{step}x{minutes}")
        value += step * minutes
    return " ".join(parts)


def inferences(*phases, **labels):
    return {name("model_inferences_total", **{**MODEL, **labels}, instance="a"): counter(*phases)}
