# Thin on purpose: every target is a line or two, the work is done by Maven, npm and the scripts beside the code.
MVN ?= mvn -B -ntp

.PHONY: help build test test-java test-rules test-dashboards test-docs plugin format bench

help: ## list the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  %-18s %s\n", $$1, $$2}'

build: ## build the runnable jar
	$(MVN) -q -pl exporter -am package -DskipTests

test: test-java test-rules test-dashboards ## everything that the build server runs

test-java: ## Java unit and end-to-end tests
	$(MVN) -pl exporter verify

test-rules: ## recording rules, alerts and routes on two versions of Prometheus and Alertmanager
	$(MAKE) -C alert-rules test

test-dashboards: ## checks of the Grafana plugin bundle
	$(MAKE) -C dashboards test

test-docs: ## the commands of README.md and docs/, run for real
	docs/test-docs.py

plugin: ## the Grafana plugin as a zip
	$(MAKE) -C dashboards plugin

format: ## format the Java sources
	$(MVN) -q -pl exporter com.spotify.fmt:fmt-maven-plugin:format

bench: ## benchmarks; BENCH=Name selects
	$(MVN) -q -pl exporter -Pbench verify -Dbench="$(or $(BENCH),.*)"
