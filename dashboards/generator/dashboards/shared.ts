import * as p from '../panel';
import { uids } from '../thresholds';

/** The chosen version of the chosen model, and the same in the chosen window. */
export const M = 'model="$model",version="$version"';
export const MW = `${M},window="$window"`;

/** Opens a feature of the chosen version; `feature` is where a panel has its name. */
export const toFeature = (feature: string, title = 'Open the feature') =>
  p.linkTo(uids.feature, title, {
    model: '${model}',
    version: '${version}',
    feature,
    window: '${window}',
  });
export const fromSeries = toFeature('${__field.labels.feature}');

export const rowsInWindow = (id: number, description: string) =>
  p.stat(
    {
      id,
      title: 'Rows in the window',
      description,
      w: 4,
      h: 4,
      unit: 'locale',
      decimals: 0,
      noValue: 'No rows',
    },
    [{ expr: `max(model:model_inferences:increase{${MW}})` }]
  );

/** Everything that the distribution panel can show about the features that the matchers select. */
export function distributionQueries(matchers: string): p.DistributionQueries {
  const inWindow = `${matchers},window="$window"`;
  return {
    baseline: `max by (model, version, feature, role, bin, lower, upper) (model_feature_baseline_values{${matchers}})`,
    current: `feature_bin:model_feature_values:increase{${inWindow}}`,
    score: `feature:model_feature_drift_score:fleet{${inWindow},measure="psi"}`,
    threshold: `feature:model_feature_drift_threshold:fleet{${inWindow}}`,
    state: `feature:model_feature_drift_state:fleet{${inWindow}}`,
    required: `feature:model_feature_required_rows:fleet{${inWindow}}`,
    reason: `feature:model_feature_insufficient:fleet{${inWindow}}`,
  };
}
