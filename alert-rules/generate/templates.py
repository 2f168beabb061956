"""Pieces of alert texts. Prometheus expands them when the alert fires; `query` asks it for the numbers beside the value."""


def per_cent(value):
    return "{{ " + value + " | humanizePercentage }}"


def label(name):
    return "{{ $labels." + name + " }}"


class Texts:
    """Texts for one set of labels: numbers beside the value come from the alert's own cluster or namespace."""

    def __init__(self, context):
        self.extra_labels = context.extra_labels
        self.where = where = " in " + "/".join(map(label, context.extra_labels)) if context.extra_labels else ""
        self.model, self.version, self.job = label("model") + where, f"{label('model')} {label('version')}{where}", label("job") + where
        of_feature = "model version feature role window"
        self.limit = self.lookup("feature:model_feature_drift_threshold:fleet", of_feature, fixed=',severity="drifted"')
        self.rows = self.lookup("feature:model_feature_values:increase", of_feature, render='printf "%.0f"')
        self.worst_bins = self.each(
            "sort_desc(feature_bin:model_feature_drift_contribution:fleet", of_feature,
            "{{ $sample.Labels.bin }}" + self._edges() + " " + self._share("feature_bin:model_feature_expected:ratio") + " → "
            + self._share("feature_bin:model_feature_observed:ratio"), suffix=")")
        self.worst_features = self.each(
            "topk(5, feature:model_feature_drift_ratio:fleet", "model version role window",
            '{{ $sample.Labels.feature }} {{ $sample.Value | printf "%.1f" }}', suffix=" > 1)")

    def selector(self, labels, fixed=""):
        """The Go template arguments that select a series by the labels of the alert."""
        names = [*self.extra_labels, *labels.split()]
        text = ",".join(f"{name}=%q" for name in names) + fixed
        return text.replace('"', '\\"'), " ".join(f"$labels.{name}" for name in names)

    def lookup(self, series, labels, fixed="", suffix="", render='printf "%.2f"', per_cent_value=False):
        """One number from another series with the labels of the alert; "unknown" if there is none."""
        text, arguments = self.selector(labels, fixed)
        shown = "humanizePercentage" if per_cent_value else render
        return (f'{{{{ with printf "{series}{{{text}}}{suffix}" {arguments} | query }}}}'
                f"{{{{ . | first | value | {shown} }}}}{{{{ else }}}}unknown{{{{ end }}}}")

    def each(self, series, labels, body, fixed="", suffix=""):
        """A comma-separated list over the samples of a query; `body` sees one as $sample."""
        text, arguments = self.selector(labels, fixed)
        return (f'{{{{ range $index, $sample := printf "{series}{{{text}}}{suffix}" {arguments} | query }}}}'
                f"{{{{ if $index }}}}, {{{{ end }}}}{body}{{{{ else }}}}unknown{{{{ end }}}}")

    def payload_reasons(self, outcome, look_back):
        return self.each(
            "topk(3, sum by (reason, protocol) (increase(model_drift_exporter_payloads_total", "job",
            '{{ $sample.Labels.reason }} ({{ $sample.Labels.protocol }}) {{ $sample.Value | printf "%.0f" }}',
            fixed=f',outcome="{outcome}"', suffix=f"[{look_back}])) > 0)")

    def _share(self, series):
        text, arguments = self.selector("model version feature role window")
        return (f'{{{{ with printf "{series}{{{text},bin=%q}}" {arguments} $sample.Labels.bin | query }}}}'
                "{{ . | first | value | humanizePercentage }}{{ else }}?{{ end }}")

    def _edges(self):
        text, arguments = self.selector("model version feature role")
        return (f'{{{{ with printf "group by (lower, upper) (model_feature_baseline_values{{{text},bin=%q,lower!=\\"\\"}})" {arguments} '
                f"$sample.Labels.bin | query }}}} [{_number('lower')} to {_number('upper')}]{{{{ end }}}}")


def _number(name):
    """A label's number with four digits. Templates cannot parse numbers, but PromQL can."""
    return f'{{{{ printf "vector(%s)" (first .).Labels.{name} | query | first | value | printf "%.4g" }}}}'
