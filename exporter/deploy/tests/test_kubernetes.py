"""The Helm chart, rendered by Helm, and the plain manifests: against the schemas of Kubernetes and of custom resources, and what
they promise beyond the schemas."""
import contextlib
import json
import re
import subprocess
import sys
import tempfile
import unittest
import zipfile
from pathlib import Path

import jsonschema
import yaml

import tools
from stack import JAR, ROOT
from test_compose import version

DEPLOY = ROOT / "exporter/deploy"
CHART = DEPLOY / "helm/model-drift-exporter"
sys.path[:0] = [str(ROOT / "alert-rules/tests"), str(ROOT / "alert-rules"), str(Path(__file__).parent / "schemas")]
import extract  # noqa: E402
import schema as custom  # noqa: E402
from generate.context import Context  # noqa: E402

KUBERNETES = "v1.35.0"
CUSTOM = {path.stem: path for folder in (ROOT / "alert-rules/tests/schemas", Path(__file__).parent / "schemas") for path in folder.glob("[A-Z]*.json")}
SIDECAR = {
    "mode": "sidecar", "config": {"windows": ["5m", "1h"]}, "baselines": {"credit.json": '{"format": "model-drift-baseline"}'},
    "secret": {"files": {"web.yml": "basic_auth_users: {}"}}, "args": ["--web.config.file", "/etc/model-drift-secrets/web.yml"],
    "probes": {"headers": [{"name": "Authorization", "value": "Basic eDp5"}]}, "env": [{"name": "MODEL_DRIFT_LEARNING_ROWS", "value": "2000"}],
    "sidecar": {"containers": [{"name": "model", "image": "example/model:1.0", "volumeMounts": [{"name": "models", "mountPath": "/models"}]}],
                "volumes": [{"name": "models", "persistentVolumeClaim": {"claimName": "models"}}],
                "nginx": {"enabled": True, "config": (DEPLOY / "mirroring/nginx/mirror.conf").read_text()}},
    "podMonitor": {"enabled": True, "labels": {"release": "prometheus"}, "endpoint": {
        "basicAuth": {"username": {"name": "scraper", "key": "name"}, "password": {"name": "scraper", "key": "password"}}}}, "prometheusRule": {"enabled": True}}
URLS = {"grafanaUrl": "https://grafana.acme.net/", "runbookUrl": "https://wiki.acme.net/drift"}


def render(values):
    with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
        json.dump(values, file)
        file.flush()
        result = subprocess.run([tools.helm(), "template", "drift", CHART, "--namespace", "ml", "--values", file.name], capture_output=True, text=True)
    if result.returncode:
        raise ValueError(result.stderr)
    return list(filter(None, yaml.safe_load_all(result.stdout)))


def manifests():
    """(file, document) of every plain manifest."""
    files = [*(DEPLOY / "kubernetes").glob("*.yaml"), *(DEPLOY / "mirroring").glob("kserve/*.yaml"),
             *(DEPLOY / "mirroring").glob("istio/*.yaml"), *(DEPLOY / "mirroring").glob("seldon/*.yaml")]
    return [(file, each) for file in sorted(files) for each in yaml.safe_load_all(file.read_text())]


def run_jar(*arguments):
    return subprocess.run(["java", "-XX:TieredStopAtLevel=1", "-jar", JAR, *arguments], capture_output=True, text=True)


def of_kind(documents, kind):
    return next((each for each in documents if each["kind"] == kind), None)


def pod(document):
    return document["spec"].get("template", {}).get("spec") if document["kind"] in ("Deployment", "Job") else None


def containers(document):
    spec = pod(document)
    return [] if spec is None else spec.get("initContainers", []) + spec["containers"]


class Schemas:
    """The strict JSON schemas of Kubernetes itself: keys that it does not know are errors."""

    def __init__(self):
        self.archive = zipfile.ZipFile(next((tools.BUILD / "kubernetes").glob("*.whl"), None) or tools.wheel("kubernetes").filename)
        self.folder = f"kubernetes_validate/kubernetes-json-schema/{KUBERNETES}-local-strict/"
        self.read = {}
        self.seldon = extract.generated(tools.wheel("seldon"), "seldon_deploy_sdk", "SeldonDeployment")

    def load(self, name):
        if name not in self.read:
            self.read[name] = json.loads(self.archive.read(self.folder + name))
        return self.read[name]

    def problems(self, document):
        group, _, api = document["apiVersion"].rpartition("/")
        parts = [document["kind"], group.split(".")[0], api] if group else [document["kind"], api]
        schema = self.load("-".join(parts).lower() + ".json")
        local = dict.fromkeys(("http", "https"), lambda uri: self.load(uri.rpartition("/")[2]))
        resolver = jsonschema.RefResolver(schema.get("$id", "https://kubernetes/"), schema, handlers=local)
        return [f"{'/'.join(map(str, each.absolute_path))}: {each.message}" for each in jsonschema.Draft7Validator(schema, resolver=resolver).iter_errors(document)]


class ManifestsTest(unittest.TestCase):
    schemas = None

    def setUp(self):
        ManifestsTest.schemas = ManifestsTest.schemas or Schemas()

    def problems(self, document):
        if document["kind"] in CUSTOM:
            return custom.problems(document, json.loads(CUSTOM[document["kind"]].read_text()))
        if document["kind"] == "SeldonDeployment":
            return custom.problems(document, self.schemas.seldon)
        return self.schemas.problems(document)

    def all_documents(self):
        yield from ((f"{file.parent.name}/{file.name}", each) for file, each in manifests())
        for name, values in (("chart", {}), ("chart, everything", {**SIDECAR, "mode": "deployment"}), ("chart, sidecar", SIDECAR)):
            yield from ((name, each) for each in render(values))

    def test_documents_fitTheirSchemas(self):
        for name, document in self.all_documents():
            with self.subTest(place=name, kind=document["kind"]):
                self.assertEqual([], self.problems(document))

    def test_schemas_findMistakes(self):
        documents = [each for _, each in manifests()]
        for kind, spoil in (("Deployment", lambda spec: spec.update(replica=1)), ("Service", lambda spec: spec["ports"][0].update(port="http")),
                            ("InferenceService", lambda spec: spec["predictor"]["logger"].update(urls="x")),
                            ("VirtualService", lambda spec: spec["http"][0].update(mirrored=1)), ("Trigger", lambda spec: spec.update(brokers="x")),
                            ("ReferenceGrant", lambda spec: spec["to"][0].update(namespace="x")),
                            ("HTTPRoute", lambda spec: spec["rules"][0]["filters"][0]["requestMirror"].update(backend={})),
                            ("SeldonDeployment", lambda spec: spec["predictors"][0]["graph"]["logger"].update(uri="x"))):
            with self.subTest(kind=kind):
                document = json.loads(json.dumps(of_kind(documents, kind)))
                spoil(document["spec"])
                self.assertNotEqual([], self.problems(document))

    def test_containers_areConfinedAndLimited(self):
        for name, document in self.all_documents():
            for container in containers(document):
                if container["name"] not in ("model-drift-exporter", "mirror", "fetch", "replay"):
                    continue
                with self.subTest(place=name, container=container["name"]):
                    context = {**pod(document)["securityContext"], **container["securityContext"]}
                    self.assertTrue(context["runAsNonRoot"])
                    self.assertTrue(context["readOnlyRootFilesystem"])
                    self.assertFalse(context["allowPrivilegeEscalation"])
                    self.assertEqual(["ALL"], context["capabilities"]["drop"])
                    self.assertEqual("RuntimeDefault", context["seccompProfile"]["type"])
                    self.assertIn("memory", container["resources"]["limits"])

    def test_images_arePinned_oursToTheProjectsVersion(self):
        for name, document in self.all_documents():
            for container in containers(document):
                with self.subTest(place=name, image=container["image"]):
                    self.assertRegex(container["image"], r":v?\d+(\.\d+)+[\w.-]*$")
                    if container["image"].startswith("model-drift-exporter"):
                        self.assertEqual(version(), container["image"].split(":")[1])

    def test_mounts_haveAVolume(self):
        for name, document in self.all_documents():
            if pod(document):
                volumes = {each["name"] for each in pod(document)["volumes"]}
                mounted = {mount["name"] for container in containers(document) for mount in container.get("volumeMounts", [])}
                with self.subTest(place=name):
                    self.assertEqual(set(), mounted - volumes)

    def test_foldersThatTheImageCanWriteTo_areThoseOfManifestsAndDocs(self):
        folder = "/var/lib/model-drift"
        self.assertIn(f"chown -R 10193:10193 /etc/model-drift {folder}\n", (DEPLOY / "Dockerfile").read_text())
        for name, document in self.all_documents():
            for container in containers(document):
                if container["name"] == "model-drift-exporter":
                    with self.subTest(place=name):
                        self.assertIn(folder, [each["mountPath"] for each in container["volumeMounts"]])
        pages = "".join(path.read_text() for path in [*(ROOT / "docs").rglob("*.md"), ROOT / "README.md", DEPLOY / "README.md"])
        self.assertEqual({folder}, set(re.findall(r"/var/lib/model-drift[\w-]*", pages)))

    def test_proxiesInPods_runTheTestedRecipes(self):
        for file, recipe, edits in (("triton-nginx", "nginx/mirror.conf", ()), ("mlserver-nginx", "nginx/mirror.conf", ()),
                                    ("tensorflow-serving-envoy", "envoy/envoy.yaml", (("127.0.0.1, port_value: 8080", "0.0.0.0, port_value: 8080"),))):
            text = (DEPLOY / "mirroring" / recipe).read_text()
            for old, new in edits:
                text = text.replace(old, new)
            data = of_kind(list(yaml.safe_load_all((DEPLOY / f"kubernetes/{file}.yaml").read_text())), "ConfigMap")["data"]
            with self.subTest(file=file):
                self.assertEqual([text], [content for name, content in data.items() if name != "exporter.yaml"])

    def test_jobForSageMaker_printsOneReportOfAllFiles(self):
        job = of_kind(list(yaml.safe_load_all((DEPLOY / "kubernetes/sagemaker-capture-job.yaml").read_text())), "Job")
        container = pod(job)["containers"][0]
        self.assertNotIn("command", container, "the image's entry point")
        with self.configured("sagemaker-capture-job.yaml") as folder:
            (folder / "2026").mkdir()
            for name, first in (("a b.jsonl", 0), ("c.jsonl", 150)):
                (folder / "2026" / name).write_text("\n".join(self.capture(row) for row in range(first, first + 150)))
            arguments = [each.replace("/captures", f"{folder}/2026").replace("/etc/model-drift", str(folder)) for each in container["args"]]
            result = run_jar(*arguments)
        self.assertEqual(0, result.returncode, result.stdout + result.stderr)
        self.assertRegex(result.stdout, r"(?s)300 payloads = 300 observed .*credit: 300 rows against 600 .* prediction +output +300 ")

    @staticmethod
    def capture(row):
        return json.dumps({
            "captureData": {"endpointInput": {"observedContentType": "text/csv", "mode": "INPUT", "data": f"{row},{row % 3}", "encoding": "CSV"},
                            "endpointOutput": {"observedContentType": "text/csv", "mode": "OUTPUT", "data": f"0.{row % 10}", "encoding": "CSV"}},
            "eventMetadata": {"eventId": str(row), "inferenceTime": "2026-11-21T10:00:00Z"}, "eventVersion": "0"})

    @contextlib.contextmanager
    def configured(self, file):
        """A folder as /etc/model-drift in the pods of a plain manifest, with a baseline made as the comment there says."""
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            (folder / "baselines").mkdir()
            settings = of_kind(list(yaml.safe_load_all((DEPLOY / "kubernetes" / file).read_text())), "ConfigMap")
            (folder / "exporter.yaml").write_text(settings["data"]["exporter.yaml"])
            (folder / "training.csv").write_text("feature_0,feature_1,prediction\n" + "".join(f"{row},{row % 3},0.{row % 10}\n" for row in range(600)))
            built = run_jar("baseline", "build", folder / "training.csv", "--model", "credit", "-o", folder / "baselines/credit.json")
            self.assertEqual(0, built.returncode, built.stdout + built.stderr)
            yield folder

    def test_configurationWithABaseline_isAccepted(self):
        with self.configured("sagemaker-capture-job.yaml") as folder:
            self.assert_accepted(folder / "exporter.yaml")

    def test_configurations_areAccepted(self):
        for name, document in self.all_documents():
            if document["kind"] == "ConfigMap" and "baseline:" not in document["data"].get("exporter.yaml", "baseline:"):
                with self.subTest(place=name), tempfile.TemporaryDirectory() as folder:
                    file = Path(folder) / "exporter.yaml"
                    file.write_text(document["data"]["exporter.yaml"])
                    self.assert_accepted(file)

    def assert_accepted(self, file):
        result = run_jar("check-config", "--config", file)
        self.assertEqual(0, result.returncode, result.stdout + result.stderr)


class ChartTest(unittest.TestCase):
    def test_chart_passesHelmsLint(self):
        result = subprocess.run([tools.helm(), "lint", "--strict", CHART], capture_output=True, text=True)
        self.assertEqual(0, result.returncode, result.stdout + result.stderr)

    def test_chart_hasTheVersionOfTheProject(self):
        chart = yaml.safe_load((CHART / "Chart.yaml").read_text())
        self.assertEqual((version(), version()), (chart["version"], str(chart["appVersion"])))

    def test_commandsOfTheReadme_install(self):
        """As templates, from the root of the repository, with the values file that is printed above the command."""
        blocks = re.findall(r"```(sh|yaml)\n(.*?)```", (DEPLOY / "README.md").read_text(), re.DOTALL)
        values = next(text for language, text in blocks if language == "yaml")
        commands = [text for language, text in blocks if language == "sh" and "helm install" in text]
        names = []
        for command in commands:
            with self.subTest(command=command), tempfile.TemporaryDirectory() as folder:
                for name, content in ((values.split()[1], values), ("credit.json", "{}")):
                    (Path(folder) / name).write_text(content)
                    command = re.sub(rf"(?<=[ =]){re.escape(name)}\b", f"{folder}/{name}", command)
                command = command.replace("helm install", f"{tools.helm()} template")
                result = subprocess.run(["bash", "-euc", command], capture_output=True, text=True, cwd=ROOT)
                self.assertEqual(0, result.returncode, result.stderr)
                documents = list(filter(None, yaml.safe_load_all(result.stdout)))
                self.assertEqual("registry.acme.net/model-drift-exporter:" + version(), containers(of_kind(documents, "Deployment"))[0]["image"])
                names.append(of_kind(documents, "Service")["metadata"]["name"])
        self.assertEqual(["model-drift-exporter", "credit-model-drift-exporter"], names, "the one of the recipes, and what clients are told")

    def test_sidecars_areNativeOnes_beforeTheModelServer(self):
        spec = pod(of_kind(render(SIDECAR), "Deployment"))
        self.assertEqual([("model-drift-exporter", "Always"), ("mirror", "Always")], [(each["name"], each["restartPolicy"]) for each in spec["initContainers"]])
        self.assertEqual(["model"], [each["name"] for each in spec["containers"]])

    def test_ruleOfTheChart_isThatOfAlertRules(self):
        groups = [group for path in sorted((ROOT / "alert-rules/rules").glob("*.yml")) for group in yaml.safe_load(path.read_text())["groups"]]
        self.assertEqual(groups, of_kind(render(SIDECAR), "PrometheusRule")["spec"]["groups"])

    def test_linksOfAlerts_leadWhereTheValuesSay(self):
        def links(values):
            rule = of_kind(render({"prometheusRule": {"enabled": True, **values}}), "PrometheusRule")
            return [text for group in rule["spec"]["groups"] for each in group["rules"] for text in each.get("annotations", {}).values() if "://" in text]

        shipped, own = links({}), links(URLS)
        self.assertEqual(shipped, links({"grafanaUrl": Context.grafana_url, "runbookUrl": Context.runbook_url}))
        self.assertEqual([each.replace(Context.grafana_url, "https://grafana.acme.net").replace(Context.runbook_url, URLS["runbookUrl"]) for each in shipped], own)
        self.assertEqual({"https://grafana.acme.net", "https://wiki.acme.net"}, {host for text in own for host in re.findall(r"https?://[^/]*", text)})

    def test_sidecar_doesNotTouchTheModelServersVolumesOrReadiness(self):
        spec = pod(of_kind(render(SIDECAR), "Deployment"))
        self.assertNotIn("fsGroup", spec["securityContext"], "the owner of all files of a volume would change")
        self.assertEqual([], [each["name"] for each in spec["initContainers"] if "readinessProbe" in each], "requests would go to other pods")
        self.assertEqual(0o444, next(each for each in spec["volumes"] if each["name"] == "secret")["secret"]["defaultMode"], "no group to read it by")

    def test_monitor_isNamedAsTheAlertsExpect(self):
        monitor = of_kind(render(SIDECAR), "PodMonitor")
        labels = of_kind(render(SIDECAR), "Deployment")["spec"]["template"]["metadata"]["labels"]
        self.assertIn("drift-exporter", labels[monitor["spec"]["jobLabel"]])
        self.assertEqual("prometheus", monitor["metadata"]["labels"]["release"])

    def test_changedConfiguration_restartsThePods(self):
        def annotations(values):
            return of_kind(render(values), "Deployment")["spec"]["template"]["metadata"]["annotations"]

        self.assertNotEqual(annotations({}), annotations({"config": {"windows": ["5m", "1h"]}}))

    def test_existingSecret_isMountedAndNoneIsMade(self):
        documents = render({"secret": {"existing": "mine"}})
        self.assertIsNone(of_kind(documents, "Secret"))
        self.assertIn("mine", json.dumps(of_kind(documents, "Deployment")))

    def test_stateOnAClaim_isNeverSharedByTwoPods(self):
        deployment = of_kind(render({"persistence": {"existingClaim": "drift"}}), "Deployment")
        volume = next(each for each in pod(deployment)["volumes"] if each["name"] == "data")
        self.assertEqual(("drift", "Recreate"), (volume["persistentVolumeClaim"]["claimName"], deployment["spec"]["strategy"]["type"]))
        for values, message in (({"replicas": 2}, "replicas: 1"), (SIDECAR, "mode deployment")):
            with self.assertRaisesRegex(ValueError, message):
                render({**values, "persistence": {"existingClaim": "drift"}})

    def test_bothEndpointsOfTheMonitor_meetTheExportersDoor(self):
        for endpoint in of_kind(render(SIDECAR), "PodMonitor")["spec"]["podMetricsEndpoints"]:
            self.assertEqual(SIDECAR["podMonitor"]["endpoint"]["basicAuth"], endpoint.get("basicAuth"))

    def test_exporter_callsNobody_unlessAllowed(self):
        self.assertEqual([], of_kind(render({}), "NetworkPolicy")["spec"]["egress"])
        self.assertEqual(1, len(of_kind(render({"networkPolicy": {"egress": [{"ports": [{"port": 53}]}]}}), "NetworkPolicy")["spec"]["egress"]))
        self.assertIsNone(of_kind(render({"networkPolicy": {"enabled": False}}), "NetworkPolicy"))

    def test_mistakesInValues_areRefused(self):
        for values, message in (({"mode": "daemonset"}, "mode"), ({"replica": 2}, "replica"), ({"podMonitor": {"interval": "often"}}, "interval"),
                                ({"prometheusRule": {"grafanaUrl": "grafana"}}, "grafanaUrl"),
                                ({"mode": "sidecar"}, "needs the model server's container"),
                                ({"mode": "sidecar", "sidecar": {**SIDECAR["sidecar"], "nginx": {"enabled": True}}}, "mirror.conf")):
            with self.subTest(values=values):
                with self.assertRaises(ValueError) as raised:
                    render(values)
                self.assertRegex(str(raised.exception), re.escape(message))


if __name__ == "__main__":
    unittest.main()
