"""Alertmanager's files, for several clusters or namespaces as well.

alertmanager/ is written by hand. The labels that tell clusters apart are put in front of every list of labels there: alerts of
two clusters are never one message, never inhibit each other, and a silence is for one of them.
"""
import re

from generate.context import ROOT

FILE, TEMPLATE = "alertmanager/alertmanager.yml", "alertmanager/templates/model-drift.tmpl"


def routing(context):
    def widened(lists):
        return f"{lists[1]}: [{', '.join(in_front(context, re.findall('[^, ]+', lists[2])))}]"

    return re.sub(r"(group_by|equal): \[(.*)\]", widened, (ROOT / FILE).read_text())


def template(context):
    def widened(names):
        return f'match "^({"|".join(in_front(context, names[1].split("|")))})$" .Name'

    return re.sub(r'match "\^\(([\w|]+)\)\$" \.Name', widened, (ROOT / TEMPLATE).read_text())


def in_front(context, labels):
    return [*(label for label in context.extra_labels if label not in labels), *labels]
