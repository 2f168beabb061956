"""How an alert gets its links and texts."""
from dataclasses import dataclass

from generate.model import Alert, Group
from generate.templates import Texts

FEATURE = ("feature", "model", "version", "feature")
MODEL = ("model", "model", "version")
# A second job may scrape baselines of the same processes, more rarely (kubernetes/podmonitor.yaml).
BASELINE_JOB = 'job=~".*drift-exporter.*-baseline"'
EXPORTER_JOB = 'job=~".*drift-exporter.*", job!~".*-baseline"'


@dataclass
class Alerts:
    """Collects alerts. `keep` is left out where an alert cannot flap: its expression already looks back long enough."""

    context: object
    group: Group

    def __post_init__(self):
        self.texts = Texts(self.context)

    def add(self, name, expr, severity, summary, description, action, hold, dashboard, keep=None):
        uid, *variables = dashboard
        annotations = {
            "summary": summary, "description": description, "action": action,
            "dashboard_url": self.dashboard_url(uid, [*self.context.extra_labels, *variables]),
            "runbook_url": f"{self.context.runbook_url}/{name}.md"}
        self.group.rules.append(Alert(name, expr.strip("\n"), severity, self.context.time(hold),
                                      keep and self.context.time(keep), annotations))

    def dashboard_url(self, uid, variables):
        query = "&".join(f"var-{name}={{{{ $labels.{name} | urlquery }}}}" for name in variables)
        return f"{self.context.grafana_url}/d/{self.context.thresholds['dashboards'][uid]}" + (f"?{query}" if query else "")
