"""The Dockerfile: its form, and its steps carried out outside Docker, with the JDK 25 of this machine and the jar that is there."""
import os
import re
import shutil
import subprocess
import tempfile
import time
import unittest
from pathlib import Path

import tools
from stack import JAR, ROOT, free_port, get, instruction

DOCKERFILE = ROOT / "exporter/deploy/Dockerfile"
BASE_MEGABYTES = 9  # Alpine, unpacked
EXPECTED_MEGABYTES = 120
# What libraries mention and the exporter never comes to: Jackson's annotations of JavaBeans, Kerberos.
UNUSED_MODULES = {"java.desktop", "java.security.jgss"}


def jdk25():
    """The folder of a JDK 25: named by JAVA25, or in the usual place."""
    named = [Path(os.environ["JAVA25"]).parents[1]] if os.environ.get("JAVA25") else []
    found = named + sorted(path for path in Path("/usr/lib/jvm").glob("*25*") if (path / "bin/jlink").exists())
    if not found:
        raise AssertionError("JDK 25 is missing: install it, or name its java with JAVA25=/path/to/java")
    return found[0]


def steps():
    """The RUN commands, in order."""
    text = DOCKERFILE.read_text().replace("\\\n", " ")
    return [re.sub(r"^(--\S+\s+)+", "", command.strip()) for command in re.findall(r"^RUN\s+(.+)$", text, re.MULTILINE)]


class FormTest(unittest.TestCase):
    def test_dockerfiles_passHadolint(self):
        for file in sorted((ROOT / "exporter/deploy").rglob("Dockerfile")):
            with self.subTest(file=str(file.relative_to(ROOT))):
                result = subprocess.run([tools.hadolint(), "--no-color", file], capture_output=True, text=True)
                self.assertEqual((0, ""), (result.returncode, result.stdout))

    def test_labels_areThoseOfTheSpecification(self):
        keys = re.findall(r"org\.opencontainers\.image\.(\w+)=", DOCKERFILE.read_text())
        self.assertEqual({"title", "description", "licenses", "version", "revision"}, set(keys))


class StepsTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        scratch = tempfile.TemporaryDirectory(prefix="image-")
        cls.addClassCleanup(scratch.cleanup)
        cls.root = Path(scratch.name)
        (cls.root / "opt/model-drift-exporter").mkdir(parents=True)
        shutil.copy2(JAR, cls.root / "opt/model-drift-exporter/")
        cls.run_step("jlink", PATH=f"{jdk25()}/bin:{os.environ['PATH']}")
        cls.run_step("training-run.sh")

    @classmethod
    def here(cls, text):
        text = text.replace("sh /training-run.sh /opt", f"sh {DOCKERFILE.parent}/training-run.sh /opt {free_port()}")
        return re.sub(r"(?<![\w.-])/opt\b", f"{cls.root}/opt", text)

    @classmethod
    def run_step(cls, word, **environment):
        command, = (each for each in steps() if word in each)
        result = subprocess.run(["sh", "-ec", cls.here(command)], env={**os.environ, **environment}, capture_output=True, text=True, cwd=cls.root)
        if result.returncode:
            raise AssertionError(f"{command}\nended with {result.returncode}\n{result.stdout[-2000:]}{result.stderr[-2000:]}")

    def start(self, *options, entrypoint=None):
        """Starts what the image starts; returns the process, its address, and the seconds until it answered."""
        command = [self.here(each) for each in entrypoint or instruction(DOCKERFILE, "ENTRYPOINT")]
        port = free_port()
        began = time.monotonic()
        process = subprocess.Popen([*command, *instruction(DOCKERFILE, "CMD"), *options, "--listen", f"127.0.0.1:{port}"],
                                   stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        self.addCleanup(process.stdout.close)
        self.addCleanup(process.wait)
        self.addCleanup(process.terminate)
        check = instruction(DOCKERFILE, "HEALTHCHECK")[-1].replace("10193", str(port))
        while get(check) is None:
            self.assertIsNone(process.poll(), "the exporter ended")
            self.assertLess(time.monotonic() - began, 60, "the exporter does not answer its health check")
            time.sleep(0.02)
        return process, f"http://127.0.0.1:{port}", time.monotonic() - began

    def test_runtime_hasEveryModuleThatTheJarUses(self):
        used = subprocess.run([jdk25() / "bin/jdeps", "--multi-release", "25", "--ignore-missing-deps", "--print-module-deps", JAR],
                              check=True, capture_output=True, text=True).stdout.strip().split(",")
        listed = subprocess.run([self.root / "opt/java/bin/java", "--list-modules"], check=True, capture_output=True, text=True).stdout
        present = {line.split("@")[0] for line in listed.splitlines()}
        self.assertEqual(UNUSED_MODULES, set(used) - present)

    def test_jar_leavesOutNothingThatItRefersTo(self):
        missing = subprocess.run([jdk25() / "bin/jdeps", "--multi-release", "25", "--missing-deps", JAR], check=True, capture_output=True, text=True).stdout
        users = {line.split()[0] for line in missing.splitlines() if "not found" in line}
        self.assertTrue(users, "optional parts of libraries are missing as ever")
        self.assertEqual([], [user for user in users if re.match(r"(io\.modeldrift|org\.apache\.datasketches\.(kll|frequencies))\.", user)])

    def test_image_startsWithItsCache_andServes(self):
        plain = [each for each in instruction(DOCKERFILE, "ENTRYPOINT") if "AOTCache" not in each]
        process, _, without = self.start(entrypoint=plain)
        process.terminate()
        process.wait()
        _, address, seconds = self.start()
        print(f"answers after {seconds:.1f} s, without the cache {without:.1f} s", flush=True)
        self.assertIn("model_drift_exporter_build_info", get(address + "/metrics"))
        self.assertIn("</html>", get(address + "/"))

    def test_cache_isAcceptedByTheRuntime(self):
        strict = [*instruction(DOCKERFILE, "ENTRYPOINT")]
        strict.insert(1, "-XX:AOTMode=on")  # ends at once if the cache does not fit
        self.start(entrypoint=strict)

    def test_size_isWithinWhatIsExpected(self):
        parts = {path.name: sum(file.stat().st_size for file in [path, *path.rglob("*")] if file.is_file()) / 1e6
                 for path in (self.root / "opt/java", *(self.root / "opt/model-drift-exporter").iterdir())}
        total = BASE_MEGABYTES + sum(parts.values())
        print(f"about {total:.1f} MB:", ", ".join(f"{name} {size:.0f}" for name, size in {"base": BASE_MEGABYTES, **parts}.items()), flush=True)
        self.assertLess(total, EXPECTED_MEGABYTES)


if __name__ == "__main__":
    unittest.main()
