"""Recording rules that compare every version of a model with its reference version (canary, challenger, shadow)."""
from generate.model import Group
from generate.names import *  # noqa: F403
from generate.verdict import Family, smoothed_shares, sufficiency, verdict

IN_CHARGE = "stable|champion|primary"


def version_family(context):
    labels = ("model", "version", "reference", "feature", "role")
    return Family(
        stem="model_feature_version", key=context.by(*labels), test=context.by(*labels, "window"),
        family=context.by("model", "version", "reference", "role", "window"), current=VERSION_BIN,
        baseline="feature_bin:model_feature_version_reference:increase",
        baseline_rows="feature:model_feature_version_reference:increase", per_window=True)


def versions_group(context):
    group, family = Group("model-drift-versions", context.time("1m")), version_family(context)
    reference_version(group, context)
    counts(group, context, family)
    settings = {name: beside_reference(series, context) for name, series in (("dispersion", DISPERSION), ("unevenness", UNEVENNESS))}

    def tolerance(selector):
        return beside_reference(f"{TOLERANCE}{{{selector}}}", context)

    sufficiency(group, family, context, settings["dispersion"], tolerance)
    smoothed_shares(group, family)
    verdict(group, family, context, settings["dispersion"], settings["unevenness"], tolerance)
    return group


def beside_reference(series, context):
    """Settings of the reference version, matched with every version that is compared with it."""
    renamed = f'label_replace({series}, "reference", "$1", "version", "(.*)")'
    return f'on ({context.by("model", "reference", "feature", "role")}) group_left () {renamed}'


def reference_version(group, context):
    model, version = context.by("model"), context.model
    rows = f'sum by ({version}) ({ROWS}{{window="{context.long}"}})'
    group.comment("The version in charge: the one whose model_info says so, else the one with the most rows. "
                  "Only where a model has more than one.")
    group.record(REFERENCE, f"""
sum by ({context.by("model", "reference")}) (
  label_replace(
    0 * topk by ({model}) (1,
      {rows} + on ({version}) 1e12 * max by ({version}) (model_info{{variant=~"{IN_CHARGE}"}})
      or
      {rows}
    ),
    "reference", "$1", "version", "(.*)"
  )
  and on ({model}) count by ({model}) ({rows} > 0) > 1
)
+ 1""")


def counts(group, context, family):
    own_version = f'label_replace({REFERENCE}, "version", "$1", "reference", "(.*)")'
    group.comment("Bins of the other versions and, beside them, of the reference version. Versions with different bins are left out.")
    group.record(VERSION_BIN, f"""
{COUNT_BIN} * on ({context.by("model")}) group_left (reference) {REFERENCE}
unless on ({context.model}) {own_version}
unless on ({context.by("model", "feature", "role")}) {LAYOUTS} > 1""")
    labels = context.by("model", "reference", "feature", "role", "bin", "window")
    group.record(REFERENCE_BIN, f"""
sum by ({labels}) (
  label_replace({COUNT_BIN} and on ({context.model}) {own_version}, "reference", "$1", "version", "(.*)")
)""")
    group.record(family.baseline, f"""
0 * {VERSION_BIN} + on ({labels}) group_left () {REFERENCE_BIN}
or
0 * {VERSION_BIN}""")
    group.record(family.baseline_rows, f"sum by ({family.test}) ({family.baseline}) > 0")
