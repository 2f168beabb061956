"""Pieces of alert texts. Prometheus expands them when the alert fires; `query` asks it for the numbers beside the value."""

OF_VERSION = "{{ $labels.model }} {{ $labels.version }}"


def per_cent(value):
    return "{{ " + value + " | humanizePercentage }}"


def selector(labels, fixed=""):
    """The Go template arguments that select a series by the labels of the alert."""
    names = labels.split()
    text = ",".join(f"{name}=%q" for name in names) + fixed
    return text.replace('"', '\\"'), " ".join(f"$labels.{name}" for name in names)


def lookup(series, labels, fixed="", suffix="", render='printf "%.2f"', per_cent_value=False):
    """One number from another series with the labels of the alert; "unknown" if there is none."""
    text, arguments = selector(labels, fixed)
    shown = "humanizePercentage" if per_cent_value else render
    return (f'{{{{ with printf "{series}{{{text}}}{suffix}" {arguments} | query }}}}'
            f"{{{{ . | first | value | {shown} }}}}{{{{ else }}}}unknown{{{{ end }}}}")


LIMIT = lookup("feature:model_feature_drift_threshold:fleet", "model version feature role window", fixed=',severity="drifted"')
ROWS_OF_FEATURE = lookup("feature:model_feature_values:increase", "model version feature role window", render='printf "%.0f"')


def each(series, labels, body, fixed="", suffix=""):
    """A comma-separated list over the samples of a query; `body` sees one as $sample."""
    text, arguments = selector(labels, fixed)
    return (f'{{{{ range $index, $sample := printf "{series}{{{text}}}{suffix}" {arguments} | query }}}}'
            f"{{{{ if $index }}}}, {{{{ end }}}}{body}{{{{ else }}}}unknown{{{{ end }}}}")


def _share(series):
    names = "model version feature role window"
    text, arguments = selector(names)
    return (f'{{{{ with printf "{series}{{{text},bin=%q}}" {arguments} $sample.Labels.bin | query }}}}'
            "{{ . | first | value | humanizePercentage }}{{ else }}?{{ end }}")


def _edges():
    text, arguments = selector("model version feature role")
    return (f'{{{{ with printf "group by (lower, upper) (model_feature_baseline_values{{{text},bin=%q,lower!=\\"\\"}})" {arguments} '
            f"$sample.Labels.bin | query }}}} [{_number('lower')} to {_number('upper')}]{{{{ end }}}}")


def _number(label):
    """A label's number with four digits. Templates cannot parse numbers, but PromQL can."""
    return f'{{{{ printf "vector(%s)" (first .).Labels.{label} | query | first | value | printf "%.4g" }}}}'


WORST_BINS = each(
    "sort_desc(feature_bin:model_feature_drift_contribution:fleet", "model version feature role window",
    "{{ $sample.Labels.bin }}" + _edges() + " " + _share("feature_bin:model_feature_expected:ratio") + " → "
    + _share("feature_bin:model_feature_observed:ratio"), suffix=")")
WORST_FEATURES = each(
    "topk(5, feature:model_feature_drift_ratio:fleet", "model version role window",
    '{{ $sample.Labels.feature }} {{ $sample.Value | printf "%.1f" }}', suffix=" > 1)")


def payload_reasons(outcome, look_back):
    return each(
        "topk(3, sum by (reason, protocol) (increase(model_drift_exporter_payloads_total", "job",
        '{{ $sample.Labels.reason }} ({{ $sample.Labels.protocol }}) {{ $sample.Value | printf "%.0f" }}',
        fixed=f',outcome="{outcome}"', suffix=f"[{look_back}])) > 0)")
