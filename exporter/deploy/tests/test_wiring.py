"""What finds what in a cluster: monitors their pods and Services, Services their containers, mirrors and loggers the exporter."""
import json
import re
import unittest

import yaml

from stack import ROOT
from test_kubernetes import SIDECAR, containers, manifests, of_kind, render

PORT = 10193


def monitors():
    """Those of alert-rules."""
    return {each["kind"]: each for path in sorted((ROOT / "alert-rules/kubernetes").rglob("*.yaml"))
            for each in yaml.safe_load_all(path.read_text()) if each["kind"].endswith("Monitor")}


def installations():
    """Name -> the documents that are applied together, each with an exporter that serves."""
    plain = {}
    for file, document in manifests():
        if file.parent.name == "kubernetes":
            plain.setdefault(file.name, []).append(document)
    every = {**plain, "chart": render({}), "chart, sidecar": render(SIDECAR)}
    return {name: documents for name, documents in every.items() if of_kind(documents, "Deployment")}


def labels(document):
    """Those of the pods, or of the Service itself."""
    metadata = document["spec"]["template"]["metadata"] if document["kind"] == "Deployment" else document["metadata"]
    return metadata.get("labels", {})


def ports(document):
    """Name -> number, of containers or of the Service."""
    if document["kind"] == "Service":
        return {each["name"]: each["port"] for each in document["spec"]["ports"]}
    return {each["name"]: each["containerPort"] for container in containers(document) for each in container.get("ports", [])}


class WiringTest(unittest.TestCase):
    def assert_found(self, monitor, document, endpoints):
        self.assertLessEqual(monitor["spec"]["selector"]["matchLabels"].items(), labels(document).items())
        self.assertIn("drift-exporter", labels(document)[monitor["spec"]["jobLabel"]], "the alerts look for jobs of that name")
        self.assertEqual({PORT}, {ports(document).get(each["port"]) for each in monitor["spec"][endpoints]})

    def test_podMonitor_findsEveryExporter(self):
        for name, documents in installations().items():
            with self.subTest(installation=name):
                self.assert_found(monitors()["PodMonitor"], of_kind(documents, "Deployment"), "podMetricsEndpoints")

    def test_serviceMonitor_findsTheExportersThatHaveAService(self):
        """The plain sidecars have none: theirs is the model server's."""
        for name in ("exporter.yaml", "chart", "chart, sidecar"):
            with self.subTest(installation=name):
                self.assert_found(monitors()["ServiceMonitor"], of_kind(installations()[name], "Service"), "endpoints")

    def test_monitorOfTheChart_findsItsPods(self):
        for mode in ("deployment", "sidecar"):
            documents = render({**SIDECAR, "mode": mode})
            with self.subTest(mode=mode):
                self.assert_found(of_kind(documents, "PodMonitor"), of_kind(documents, "Deployment"), "podMetricsEndpoints")

    def test_services_findTheirPods_andSayTheProtocol(self):
        for name, documents in installations().items():
            service, deployment = of_kind(documents, "Service"), of_kind(documents, "Deployment")
            with self.subTest(installation=name):
                self.assertLessEqual(service["spec"]["selector"].items(), labels(deployment).items())
                for each in service["spec"]["ports"]:
                    self.assertRegex(each["name"], r"^http(-|$)", "Istio and Knative take the protocol from the name")
                    self.assertIn(each["targetPort"], {**ports(deployment), **dict.fromkeys(ports(deployment).values())})

    def test_loggers_sendToTheServiceFromAnyNamespace(self):
        service = of_kind(installations()["exporter.yaml"], "Service")["metadata"]
        address = f"http://{service['name']}.{service['namespace']}.svc:{PORT}/"
        urls = [url for file, document in manifests() for url in re.findall(r"http://model-drift-exporter[^\"]*", json.dumps(document))]
        self.assertEqual({address}, set(urls), "of the loggers of KServe and Seldon and of Knative's triggers")

    def test_meshes_areGivenTheFullName(self):
        mirror = of_kind([each for _, each in manifests()], "VirtualService")["spec"]["http"][0]["mirrors"][0]["destination"]
        self.assertEqual(("model-drift-exporter.monitoring.svc.cluster.local", PORT), (mirror["host"], mirror["port"]["number"]))

    def test_routeToAnotherNamespace_isGranted(self):
        route, grant = (of_kind([each for _, each in manifests()], kind) for kind in ("HTTPRoute", "ReferenceGrant"))
        mirror = route["spec"]["rules"][0]["filters"][0]["requestMirror"]["backendRef"]
        self.assertEqual((mirror["namespace"], mirror["name"]), (grant["metadata"]["namespace"], grant["spec"]["to"][0]["name"]))
        self.assertEqual([{"group": "gateway.networking.k8s.io", "kind": "HTTPRoute", "namespace": route["metadata"]["namespace"]}], grant["spec"]["from"])

    def test_networkPolicies_letTrafficInFromAllNamespaces(self):
        """A policy swallows what it does not let in, and loggers keep it in memory meanwhile."""
        for name, documents in installations().items():
            policy = of_kind(documents, "NetworkPolicy")
            if policy:
                with self.subTest(installation=name):
                    rule = policy["spec"]["ingress"][0]
                    self.assertEqual([{"namespaceSelector": {}}], rule["from"])
                    self.assertEqual([8080 if "sidecar" in name else PORT], [each["port"] for each in rule["ports"]])
        self.assertNotIn("from", of_kind(render({"networkPolicy": {"from": []}}), "NetworkPolicy")["spec"]["ingress"][0], "anybody")

    def test_halvesOfAnInference_reachTheSameReplica(self):
        for name in ("exporter.yaml", "chart"):
            self.assertEqual("ClientIP", of_kind(installations()[name], "Service")["spec"].get("sessionAffinity"), name)


if __name__ == "__main__":
    unittest.main()
