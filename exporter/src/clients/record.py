#!/usr/bin/env python3
"""Lets real clients send the same two rows, and writes down what they put on the wire.

usage: record.py OUTPUT.jsonl [http://exporter]

Each line: client, path, headers, body (base64). With an exporter's address every recording is sent
there as well, live. The rows are those of ROWS; RecordedClientsTest knows them.
"""

import base64
import contextlib
import http.server
import json
import os
import pathlib
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request

import numpy as np

AGE = np.array([[35], [52]], dtype=np.int64)
BALANCE = np.array([[1200.5], [-0.25]], dtype=np.float32)
CHANNEL = np.array([["web"], ["fil\u00e9"]], dtype=object)
KEPT_HEADERS = {"content-type", "content-encoding", "inference-header-content-length"}

recordings = []


def record(client, path, headers, body):
    kept = {k.lower(): str(v) for k, v in headers.items() if k.lower() in KEPT_HEADERS or k.lower().startswith("ce-")}
    recordings.append(
        {"client": client, "path": path, "headers": kept, "body": base64.b64encode(body).decode()})


class Recorder(http.server.BaseHTTPRequestHandler):
    client = ""
    server_behind = ""  # whose answers are recorded, too

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        record(Recorder.client, self.path, dict(self.headers), body)
        if Recorder.server_behind:
            answer = self.forward(body)
        else:
            answer = json.dumps({"predictions": [0.5, 0.25]} if self.path == "/invocations" else {
                "model_name": "credit", "model_version": "1",
                "outputs": [{"name": "score", "shape": [2], "datatype": "FP32", "data": [0.5, 0.25]}]}).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def forward(self, body):
        request = urllib.request.Request(Recorder.server_behind + self.path, body, {"Content-Type": "application/json"})
        with urllib.request.urlopen(request, timeout=60) as answer:
            content = answer.read()
            record(Recorder.client + ", answer", self.path, dict(answer.headers), content)
        return content

    def log_message(self, *_):
        pass


def triton_inputs(binary):
    import tritonclient.http as triton

    tensors = []
    for name, array, datatype in (("age", AGE, "INT64"), ("balance", BALANCE, "FP32"), ("channel", CHANNEL, "BYTES")):
        tensor = triton.InferInput(name, list(array.shape), datatype)
        tensor.set_data_from_numpy(array, binary_data=binary)
        tensors.append(tensor)
    return tensors


def triton(port):
    import tritonclient.http as triton

    client = triton.InferenceServerClient(f"127.0.0.1:{port}")
    for name, binary, options in (
            ("tritonclient binary", True, {}),
            ("tritonclient JSON", False, {"request_id": "t1"}),
            ("tritonclient gzip", True, {"request_compression_algorithm": "gzip"}),
            ("tritonclient deflate", True, {"request_compression_algorithm": "deflate"})):
        Recorder.client = name
        client.infer("credit", triton_inputs(binary), model_version="1", **options)


def mlserver(_):
    import pandas as pd
    from mlserver.codecs import PandasCodec

    frame = pd.DataFrame({"age": AGE[:, 0], "balance": BALANCE[:, 0], "channel": CHANNEL[:, 0]})
    request = PandasCodec.encode_request(frame)
    record("mlserver PandasCodec", "/v2/models/credit/versions/1/infer",
           {"Content-Type": "application/json"}, request.model_dump_json().encode())
    response = PandasCodec.encode_response("credit", pd.DataFrame({"score": [0.5, 0.25]}), "1")
    record("mlserver response", "/v2/models/credit/versions/1/infer",
           {"Content-Type": "application/json"}, response.model_dump_json().encode())


def mlserver_live(port):
    """Triton's client asks a real MLServer."""
    import tritonclient.http as triton

    with tempfile.TemporaryDirectory() as folder, contextlib.ExitStack() as stack:
        ports = free_ports(3)
        files = {
            "settings.json": json.dumps({"host": "127.0.0.1", "parallel_workers": 0, **dict(zip(("http_port", "grpc_port", "metrics_port"), ports))}),
            "model-settings.json": json.dumps({"name": "credit", "implementation": "model.Credit", "parameters": {"version": "1"}}),
            "model.py": MLSERVER_MODEL}
        for name, text in files.items():
            pathlib.Path(folder, name).write_text(text)
        server = subprocess.Popen([pathlib.Path(sys.executable).with_name("mlserver"), "start", folder],
                                  cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        stack.callback(server.wait)
        stack.callback(server.terminate)
        Recorder.server_behind = f"http://127.0.0.1:{ports[0]}"
        wait_for(Recorder.server_behind + "/v2/models/credit/ready", server)
        Recorder.client = "tritonclient to MLServer"
        triton.InferenceServerClient(f"127.0.0.1:{port}").infer(
            "credit", triton_inputs(False), model_version="1", outputs=[triton.InferRequestedOutput("score", binary_data=False)])


MLSERVER_MODEL = """
import pandas as pd
from mlserver import MLModel
from mlserver.codecs import PandasCodec


class Credit(MLModel):
    async def load(self):
        return True

    async def predict(self, payload):
        return PandasCodec.encode_response(self.name, pd.DataFrame({"score": [0.5, 0.25]}), self.version)
"""


def free_ports(count):
    sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [each.getsockname()[1] for each in sockets]
    for each in sockets:
        each.close()
    return ports


def wait_for(url, process):
    deadline = time.monotonic() + 300
    while True:
        try:
            with urllib.request.urlopen(url, timeout=5):
                return
        except OSError as problem:
            if process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"{url} does not answer, {process.args} ended with {process.poll()}") from problem
            time.sleep(0.5)


def kserve(_):
    from kserve import InferInput, InferRequest

    for name, binary in (("kserve SDK JSON", False), ("kserve SDK binary", True)):
        tensors = []
        for tensor, array, datatype in (("age", AGE, "INT64"), ("balance", BALANCE, "FP32"), ("channel", CHANNEL, "BYTES")):
            data = InferInput(tensor, list(array.shape), datatype)
            data.set_data_from_numpy(array, binary_data=binary)
            tensors.append(data)
        body, length = InferRequest("credit", tensors, model_version="1").to_rest()
        headers = {"Content-Type": "application/json"}
        if isinstance(body, dict):
            body = json.dumps(body).encode()
        if length is not None:
            headers["Inference-Header-Content-Length"] = length
        record(name, "/v2/models/credit/versions/1/infer", headers, body)


def mlflow(port):
    import io

    import pandas as pd
    from mlflow.pyfunc import scoring_server
    from mlflow.pyfunc.scoring_server.client import ScoringServerClient

    frame = pd.DataFrame({"age": AGE[:, 0], "balance": BALANCE[:, 0], "channel": CHANNEL[:, 0]})
    client = ScoringServerClient("127.0.0.1", port)
    for name, parameters in (("mlflow client", None), ("mlflow client with parameters", {"threshold": 0.5})):
        Recorder.client = name
        client.invoke(frame, parameters)
    record("mlflow CSV", "/invocations", {"Content-Type": scoring_server.CONTENT_TYPE_CSV + "; charset=utf-8"},
           frame.to_csv(index=False).encode())
    answer = io.StringIO()
    scoring_server.predictions_to_json(pd.DataFrame({"score": [0.5, 0.25]}), answer)
    record("mlflow server", "/invocations", {"Content-Type": scoring_server.CONTENT_TYPE_JSON},
           answer.getvalue().encode())


def replay(address):
    for recording in recordings:
        request = urllib.request.Request(
            address.rstrip("/") + recording["path"], base64.b64decode(recording["body"]), recording["headers"])
        with urllib.request.urlopen(request, timeout=10) as answer:
            assert answer.status == 200 and answer.read() == b"", recording["client"]


def record_one(client):
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Recorder)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    CLIENTS[client](server.server_address[1])


CLIENTS = {"triton": triton, "mlserver": mlserver, "mlserver live": mlserver_live, "kserve": kserve, "mlflow": mlflow}


def main():
    os.environ["MLFLOW_DISABLE_TELEMETRY"] = "true"  # a build calls nobody
    output, arguments = sys.argv[1], sys.argv[2:]
    if arguments and arguments[0] in CLIENTS:
        record_one(arguments[0])
        with open(output, "a", encoding="utf-8") as out:
            out.writelines(json.dumps(recording) + "\n" for recording in recordings)
        return
    open(output, "w", encoding="utf-8").close()
    for client in CLIENTS:  # each in a process of its own: their generated protobuf classes clash
        subprocess.run([sys.executable, __file__, output, client], check=True)
    with open(output, encoding="utf-8") as lines:
        recordings.extend(map(json.loads, lines))
    if arguments:
        replay(arguments[0])
    print(f"{len(recordings)} payloads of real clients")


if __name__ == "__main__":
    main()
