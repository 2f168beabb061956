import type { DistributionQueries } from '../panel';

/** Everything that the distribution panel can show about the features that the matchers select. */
export function distributionQueries(matchers: string): DistributionQueries {
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
