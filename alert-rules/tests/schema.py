"""Just enough JSON Schema for the custom resource definitions in schemas/; keys that a schema does not know are errors,
because the Kubernetes API server prunes them silently.
"""
import re

TYPES = {"object": dict, "array": list, "string": str, "integer": int, "boolean": bool, "number": (int, float), "null": type(None)}


def problems(value, schema, root=None, path="$"):
    """Every place where the value breaks the schema, as texts."""
    root = root or schema
    if "$ref" in schema:
        return problems(value, root["$defs"][schema["$ref"].rsplit("/", 1)[1]], root, path)
    if "anyOf" in schema:
        tries = [problems(value, each, root, path) for each in schema["anyOf"]]
        return min(tries, key=lambda found: (len(found), any("null" in text for text in found)))
    if "enum" in schema and value not in schema["enum"]:
        return [f"{path}: {value!r} is none of {schema['enum']}"]
    kind = schema.get("type")
    if kind and (not isinstance(value, TYPES[kind]) or kind != "boolean" and isinstance(value, bool)):
        return [f"{path}: {type(value).__name__} instead of {kind}"]
    if isinstance(value, str):
        return text_problems(value, schema, path)
    if isinstance(value, list):
        return [text for index, each in enumerate(value) for text in problems(each, schema.get("items", {}), root, f"{path}[{index}]")]
    return object_problems(value, schema, root, path) if isinstance(value, dict) else []


def text_problems(value, schema, path):
    pattern = schema.get("pattern")
    if pattern and not re.search(re.sub(r"^\^\(\?i\)", "(?i)^", pattern), value):
        return [f"{path}: {value!r} does not match {pattern}"]
    return [f"{path}: empty"] if len(value) < schema.get("minLength", 0) else []


def object_problems(value, schema, root, path):
    known, others = schema.get("properties", {}), schema.get("additionalProperties")
    result = [f"{path}.{key}: missing" for key in schema.get("required", []) if key not in value]
    for key, each in value.items():
        if key in known:
            result += problems(each, known[key], root, f"{path}.{key}")
        elif isinstance(others, dict):
            result += problems(each, others, root, f"{path}.{key}")
        elif known and others is not True:
            result.append(f"{path}.{key}: unknown")
    return result
