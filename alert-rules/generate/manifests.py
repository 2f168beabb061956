"""Kubernetes manifests and rollout gates, from the same rules, routes and thresholds."""
import re

import yaml

from generate.model import HEADER, rule_file
from generate.names import STATE, VERSION_STATE
from generate.routing import routing, template

LABELS = {"app.kubernetes.io/name": "model-drift-exporter", "app.kubernetes.io/part-of": "model-drift"}
SECRETS, TEMPLATES = "model-drift-alertmanager", "model-drift-alertmanager-templates"
PROMETHEUS = "http://prometheus-operated.monitoring:9090"
CONTAINER_PORT, SERVICE_PORT = "metrics", "http-drift"  # Istio takes a Service's protocol from the start of its port's name
# Alerts about a fleet have no namespace, so a matcher for one would keep all of them from their receivers.
AS_GLOBAL = """\
# To be used as the global configuration of an Alertmanager in the same namespace. A configuration that is merely selected gets
# a matcher for its own namespace from the operator, and alerts about a fleet of exporters have no namespace: nobody would be told.
# kubectl -n monitoring patch alertmanager main --type merge -p '{"spec": {"alertmanagerConfiguration": {"name": "model-drift", "templates": [{"configMap": {"name": "model-drift-alertmanager-templates", "key": "model-drift.tmpl"}}]}}}'
# Where an Alertmanager has a configuration of its own, README.md has another way.
"""


def manifests(context, groups):
    """Those of kubernetes/ are applied together; optional/ would scrape everything twice, or is for kinds that few clusters have."""
    return {
        "kubernetes/prometheusrule.yaml": prometheus_rule(groups),
        "kubernetes/podmonitor.yaml": document(monitor("PodMonitor", "podMetricsEndpoints", CONTAINER_PORT)),
        "kubernetes/alertmanagerconfig.yaml": document(alertmanager_config(context), templates(context), comment=AS_GLOBAL),
        "kubernetes/optional/servicemonitor.yaml": document(monitor("ServiceMonitor", "endpoints", SERVICE_PORT)),
        "kubernetes/optional/argo-rollouts.yaml": document(analysis_template(context)),
        "kubernetes/optional/flagger.yaml": document(*metric_templates(context)),
    }


class _Text(yaml.SafeDumper):
    """Long texts as blocks, as a person would write them."""


def _text(dumper, value):
    return dumper.represent_scalar("tag:yaml.org,2002:str", value, style="|" if "\n" in value else None)


_Text.add_representer(str, _text)
_Text.ignore_aliases = lambda self, data: True


def document(*objects, comment=""):
    return HEADER + comment + "---\n".join(yaml.dump(each, Dumper=_Text, sort_keys=False, width=10 ** 6, allow_unicode=True) for each in objects)


def resource(version, kind, name, **content):
    return {"apiVersion": version, "kind": kind, "metadata": {"name": name, "labels": LABELS}, **content}


def prometheus_rule(groups):
    head = yaml.dump(resource("monitoring.coreos.com/v1", "PrometheusRule", "model-drift"), sort_keys=False)
    return HEADER + head + "spec:\n" + rule_file(groups, indent="  ")


def monitor(kind, endpoints, port):
    """Baselines change rarely: a second endpoint scrapes them every minute, which halves the samples of a replica."""
    common = {"port": port, "scheme": "http", "honorLabels": False}
    baseline_job = [{"targetLabel": "job", "replacement": "model-drift-exporter-baseline", "action": "replace"}]
    spec = {
        "jobLabel": "app.kubernetes.io/name", "selector": {"matchLabels": {"app.kubernetes.io/name": "model-drift-exporter"}},
        "namespaceSelector": {"any": True},  # sidecars are where the models are
        endpoints: [
            {**common, "path": "/metrics", "params": {"exclude": ["baseline"]}, "interval": "15s", "scrapeTimeout": "10s"},
            {**common, "path": "/metrics/baseline", "interval": "1m", "scrapeTimeout": "10s", "relabelings": baseline_job}]}
    return resource("monitoring.coreos.com/v1", kind, "model-drift-exporter", spec=spec)


def alertmanager_config(context):
    config = yaml.safe_load(routing(context))
    spec = {"route": route(config["route"]), "inhibitRules": [
        {"sourceMatch": matchers(rule["source_matchers"]), "targetMatch": matchers(rule["target_matchers"]),
         **({"equal": rule["equal"]} if "equal" in rule else {})} for rule in config["inhibit_rules"]],
        "receivers": [receiver(each) for each in config["receivers"]]}
    return resource("monitoring.coreos.com/v1alpha1", "AlertmanagerConfig", "model-drift", spec=spec)


def templates(context):
    return resource("v1", "ConfigMap", TEMPLATES, data={"model-drift.tmpl": template(context)})


def route(source):
    names = {"receiver": "receiver", "group_by": "groupBy", "group_wait": "groupWait", "group_interval": "groupInterval",
             "repeat_interval": "repeatInterval", "continue": "continue"}
    result = {new: source[old] for old, new in names.items() if old in source}
    if "matchers" in source:
        result["matchers"] = matchers(source["matchers"])
    if "routes" in source:
        result["routes"] = [route(child) for child in source["routes"]]
    return result


def matchers(texts):
    parts = [re.fullmatch(r'(\w+)(=~|!~|!=|=)"(.*)"', text) for text in texts]
    return [{"name": part[1], "value": part[3], "matchType": part[2]} for part in parts]


def receiver(source):
    result = {"name": source["name"]}
    if "slack_configs" in source:
        result["slackConfigs"] = [slack(each) for each in source["slack_configs"]]
    if "pagerduty_configs" in source:
        result["pagerdutyConfigs"] = [pagerduty(each) for each in source["pagerduty_configs"]]
    if "webhook_configs" in source:
        result["webhookConfigs"] = [{
            "url": each["url"], "sendResolved": each["send_resolved"],
            "httpConfig": {"authorization": {"credentials": secret("retraining-webhook-token")}}} for each in source["webhook_configs"]]
    return result


def slack(source):
    renamed = {"send_resolved": "sendResolved", "title_link": "titleLink"}
    return {"apiURL": secret("slack-api-url"), **{renamed.get(key, key): value for key, value in source.items()}}


def pagerduty(source):
    renamed = {"send_resolved": "sendResolved", "client_url": "clientURL"}
    result = {"routingKey": secret("pagerduty-routing-key")}
    for key, value in source.items():
        if key == "details":
            result["details"] = [{"key": name, "value": text} for name, text in value.items()]
        elif key == "links":
            result["pagerDutyLinkConfigs"] = [{"href": link["href"], "alt": link["text"]} for link in value]
        elif key != "routing_key_file":
            result[renamed.get(key, key)] = value
    return result


def secret(key):
    return {"name": SECRETS, "key": key}


def gates(context, value):
    """Name -> query whose value is a state: -1 no verdict, 0 stable, 1 warning, 2 drifted. Empty means no verdict as well.

    `value` says how a manifest writes the value of a label.
    """
    of_version = ", ".join(f'{name}="{value(name)}"' for name in (*context.extra_labels, "model", "version")) + f', window="{context.short}"'
    return {
        "worst-column-against-baseline": f"max({STATE}{{{of_version}}})",
        "worst-prediction-against-stable-version": f'max({VERSION_STATE}{{{of_version}, role="output"}})',
    }


def analysis_template(context):
    """No verdict is neither success nor failure: the rollout pauses instead of going on blindly."""
    drifted = context.thresholds["drift"]["states"]["drifted"]
    metrics = [{
        "name": name, "initialDelay": context.short, "interval": context.short, "count": 3, "failureLimit": 0, "inconclusiveLimit": 2,
        "successCondition": f"len(result) > 0 && result[0] >= 0 && result[0] < {drifted}",
        "failureCondition": f"len(result) > 0 && result[0] >= {drifted}",
        "provider": {"prometheus": {"address": "{{args.prometheus}}", "query": query}},
    } for name, query in gates(context, lambda name: f"{{{{args.{name}}}}}").items()]
    arguments = [*({"name": name} for name in (*context.extra_labels, "model", "version")), {"name": "prometheus", "value": PROMETHEUS}]
    return resource("argoproj.io/v1alpha1", "AnalysisTemplate", "model-drift", spec={"args": arguments, "metrics": metrics})


def metric_templates(context):
    """`>= 0` leaves nothing when there is no verdict, and Flagger halts the advancement on an empty result."""
    return [resource("flagger.app/v1beta1", "MetricTemplate", f"model-drift-{name}", spec={
        "provider": {"type": "prometheus", "address": PROMETHEUS}, "query": f"{query} >= 0"})
        for name, query in gates(context, lambda name: f"{{{{ variables.{name} }}}}").items()]
