"""Writes recording rules, alerts, manifests and rollout gates from one source. Run as `python3 -m generate`."""
