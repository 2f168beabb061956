"""Which file holds what."""
from generate.alerts import alert_groups
from generate.fleet import agreement_group, baseline_group, fleet_group, slow_count_groups
from generate.manifests import manifests
from generate.model import HEADER, rule_file
from generate.routing import FILE, TEMPLATE, routing, template
from generate.service import exporter_group, quality_group, traffic_group
from generate.truth import fairness_group, performance_group
from generate.versions import versions_group


def recording_groups(context):
    return [baseline_group(context), agreement_group(context), *slow_count_groups(context),
            *(write(context) for write in (fleet_group, traffic_group, quality_group, versions_group, performance_group,
                                           fairness_group, exporter_group))]


def files(context):
    recording, alerts = recording_groups(context), alert_groups(context)
    return {
        "rules/model-drift-recording.yml": HEADER + rule_file(recording),
        "rules/model-drift-alerts.yml": HEADER + rule_file(alerts),
        FILE: routing(context), TEMPLATE: template(context),
        **manifests(context, recording + alerts),
    }
