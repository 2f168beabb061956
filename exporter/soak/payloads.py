"""Random inferences in every format, and payloads that are broken on purpose, each with the outcome that it must have."""
import base64
import gzip
import json
import math
import struct
from collections import Counter
from dataclasses import dataclass, field

FEATURES = ("amount", "age", "ratio", "channel")
NUMERIC = FEATURES[:3]
CHANNELS = ("web", "branch", "phone")
MODEL = "soak"


@dataclass
class Payload:
    """What is sent, and what becomes of it. `rows` are the rows to be counted; `outcome` is None where only chance knows."""

    path: str
    body: bytes
    headers: dict = field(default_factory=dict)
    method: str = "POST"
    rows: list = field(default_factory=list)
    outcome: tuple | None = ("observed", "")
    status: int = 200
    predicted: int = 0
    fates: Counter = field(default_factory=Counter)
    scored: Counter = field(default_factory=Counter)
    then: object = None  # called once it was answered


def row(random):
    return {
        "amount": number(random, lambda: round(random.gauss(100, 40), 2)),
        "age": number(random, lambda: random.randint(10, 100)),
        "ratio": number(random, lambda: random.random() * 1.1),
        "channel": random.choices((*CHANNELS, "never seen", None), (40, 30, 20, 5, 5))[0],
    }


def number(random, draw):
    kind = random.random()
    if kind < 0.05:
        return None
    return math.nan if kind < 0.08 else math.inf if kind < 0.09 else draw()


def rows(random):
    return [row(random) for _ in range(random.choice((1, 1, 2, 8, 32)))]


def numbers_only(random):
    """Rows as formats carry them that know numbers only: nothing is null, and there is no channel."""
    return [{name: math.nan if value is None else value for name, value in one.items() if name != "channel"} for one in rows(random)]


def valid(random, serial):
    """One payload in a random format; `serial` is a number that no other payload has."""
    return random.choice(FORMATS)(random, serial)


def text(value):
    return json.dumps(value).encode()


def native(random, serial):
    table = rows(random)
    lines = (json.dumps({"model": MODEL, "id": f"{serial}-{index}", "features": one}) for index, one in enumerate(table))
    return Payload("/api/v1/inferences", "\n".join(lines).encode(), rows=table)


def v1_instances(random, serial):
    table = rows(random)
    return Payload(f"/v1/models/{MODEL}:predict", text({"instances": table}), rows=table)


def v1_columns(random, serial):
    table = rows(random)
    return Payload(f"/v1/models/{MODEL}:predict", text({"inputs": {name: [one[name] for one in table] for name in FEATURES}}), rows=table)


def v1_positions(random, serial):
    table = rows(random)
    return Payload(f"/v1/models/{MODEL}:predict", text({"instances": [list(one.values()) for one in table]}), rows=table)


def v2_tensors(table):
    tensors = []
    for name in FEATURES:
        values = [one[name] for one in table]
        kind = "BYTES" if name == "channel" else "FP64"
        tensors.append({"name": name, "shape": [len(table), 1], "datatype": kind, "data": values})
    return {"inputs": tensors}


def v2_json(random, serial):
    table = rows(random)
    return Payload(f"/v2/models/{MODEL}/infer", text(v2_tensors(table)), rows=table)


def matrix(table):
    return b"".join(struct.pack("<3d", *(one[name] for name in NUMERIC)) for one in table)


def v2_binary(random, serial):
    table = numbers_only(random)
    values = matrix(table)
    header = text({"inputs": [{"name": "x", "shape": [len(table), 3], "datatype": "FP64", "parameters": {"binary_data_size": len(values)}}]})
    return Payload(f"/v2/models/{MODEL}/infer", header + values, {"Inference-Header-Content-Length": str(len(header))}, rows=table)


def varint(value):
    out = bytearray()
    while value > 0x7F:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes(out) + bytes((value,))


def message(number_, content):
    return varint(number_ << 3 | 2) + varint(len(content)) + content


def grpc_request(table):
    shape = varint(len(table)) + varint(3)
    tensor = message(1, b"x") + message(2, b"FP64") + message(3, shape)
    return message(1, MODEL.encode()) + message(5, tensor) + message(7, matrix(table))


def modelmesh(random, serial):
    table = numbers_only(random)
    return Payload("/", text({"modelid": MODEL, "id": str(serial), "kind": "request",
                              "data": base64.b64encode(grpc_request(table)).decode()}), rows=table)


def mlflow_split(random, serial):
    table = rows(random)
    split = {"columns": list(FEATURES), "data": [list(one.values()) for one in table]}
    return Payload("/invocations", text({"dataframe_split": split}), rows=table)


def mlflow_records(random, serial):
    table = rows(random)
    return Payload("/invocations", text({"dataframe_records": table}), rows=table)


def csv_with_names(random, serial):
    table = rows(random)
    table[0]["age"] = random.randint(10, 100)  # the line of names is told by numbers in the one after it
    lines = [",".join(FEATURES)] + [",".join("" if value is None else csv_cell(value) for value in one.values()) for one in table]
    return Payload("/invocations", "\r\n".join(lines).encode(), {"Content-Type": "text/csv"}, rows=table)


def csv_cell(value):
    return "Infinity" if value == math.inf else "NaN" if value != value else str(value)


def seldon(random, serial):
    table = rows(random)
    return Payload(f"/seldon/ns/{MODEL}/api/v1.0/predictions",
                   text({"data": {"names": list(FEATURES), "ndarray": [list(one.values()) for one in table]}}), rows=table)


def logged(random, serial):
    """As KServe's logger sends it: a CloudEvent in binary mode, now and then delivered twice."""
    table = rows(random)
    headers = {"Ce-Specversion": "1.0", "Ce-Id": f"request-{serial}", "Ce-Type": "org.kubeflow.serving.inference.request",
               "Ce-Source": "http://localhost/", "Ce-Inferenceservicename": MODEL, "Content-Type": "application/json"}
    return Payload("/", text({"instances": table}), headers, rows=table)


def structured_event(random, serial):
    table = rows(random)
    event = {"specversion": "1.0", "id": f"event-{serial}", "source": "/s", "type": "org.kubeflow.serving.inference.request",
             "inferenceservicename": MODEL, "data": {"instances": table}}
    return Payload("/", text(event), {"Content-Type": "application/cloudevents+json"}, rows=table)


def compressed(random, serial):
    plain = random.choice((v1_instances, v2_json, mlflow_split))(random, serial)
    plain.body = gzip.compress(plain.body, 1)
    plain.headers = {"Content-Encoding": "gzip"}
    return plain


FORMATS = (native, v1_instances, v1_columns, v1_positions, v2_json, v2_binary, modelmesh, mlflow_split, mlflow_records,
           csv_with_names, seldon, logged, structured_event, compressed)


def broken(random, serial):
    return random.choice(BROKEN)(random)


def cut_off(random):
    body = text({"instances": rows(random)})
    return Payload(f"/v1/models/{MODEL}:predict", body[:random.randint(15, len(body) - 2)], outcome=("rejected", "truncated"))


def no_json(random):
    return Payload(f"/v1/models/{MODEL}:predict", b'{"instances": [[1, 2, oops]]}', outcome=("rejected", "bad_json"))


def broken_gzip(random):
    body = bytearray(gzip.compress(text({"instances": rows(random)}) * 4))
    body[10:14] = b"\xff\xff\xff\xff"
    return Payload(f"/v1/models/{MODEL}:predict", bytes(body), {"Content-Encoding": "gzip"}, outcome=("rejected", "bad_compression"))


def gzip_bomb(random):
    return Payload(f"/v1/models/{MODEL}:predict", BOMB, {"Content-Encoding": "gzip"}, outcome=("rejected", "too_large"))


BOMB = gzip.compress(b'{"instances": [' + b" " * 20_000_000 + b"[1, 2, 3]]}")


def too_large(random):
    return Payload(f"/v1/models/{MODEL}:predict", b'{"instances": [' + b"[1, 2, 3]," * 200_000 + b"[1, 2, 3]]}", outcome=("rejected", "too_large"))


def too_deep(random):
    return Payload(f"/v1/models/{MODEL}:predict", b'{"instances": ' + b"[" * 5_000 + b"1" + b"]" * 5_000 + b"}", outcome=("rejected", "depth"))


def short_tensor(random):
    header = text({"inputs": [{"name": "x", "shape": [4, 3], "datatype": "FP64", "parameters": {"binary_data_size": 96}}]})
    return Payload(f"/v2/models/{MODEL}/infer", header + bytes(40), {"Inference-Header-Content-Length": str(len(header))},
                   outcome=("rejected", "bad_length"))


def nothing(random):
    return Payload(f"/v1/models/{MODEL}:predict", b"", outcome=("ignored", "empty"))


def health_check(random):
    return Payload(random.choice(("/v2/health/ready", "/v1/models/soak", "/ping")), b"", method="GET", outcome=("ignored", "not_inference"))


def noise(random):
    """Bytes that a fuzzer would send. The model's name in the path keeps whatever they mean out of the books of the other model."""
    body = bytearray(text({"instances": [[random.random() for _ in range(4)] for _ in range(3)]}))
    for _ in range(random.randint(1, 20)):
        body[random.randrange(len(body))] = random.randrange(256)
    return Payload("/v1/models/noise:predict", bytes(body), outcome=None)


BROKEN = (cut_off, no_json, broken_gzip, too_deep, short_tensor, nothing, health_check, noise, noise, noise, gzip_bomb, too_large)
