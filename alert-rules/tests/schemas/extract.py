#!/usr/bin/env python3
"""Writes the schemas of the Prometheus operator's resources beside this file, from its custom resource definitions.

    pip install cloudcoil-models-prometheus-operator==0.80.1.0 && ./extract.py

The models are generated from the operator's CRDs (Apache-2.0); only what the tests need is kept.
"""
import json
from pathlib import Path

from cloudcoil.models.prometheus_operator import v1, v1alpha1

DROPPED = {"title", "default", "description"}


def trimmed(schema):
    if isinstance(schema, list):
        return [trimmed(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    return {key: {name: trimmed(each) for name, each in value.items()} if key in ("properties", "$defs") else trimmed(value)
            for key, value in schema.items() if key not in DROPPED}


for model in (v1.PrometheusRule, v1.PodMonitor, v1.ServiceMonitor, v1alpha1.AlertmanagerConfig):
    target = Path(__file__).parent / f"{model.__name__}.json"
    target.write_text(json.dumps(trimmed(model.model_json_schema(by_alias=True)), separators=(",", ":"), sort_keys=True) + "\n")
