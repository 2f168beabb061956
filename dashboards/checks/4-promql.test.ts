import assert from 'node:assert';
import { test } from 'node:test';
import { parser } from '@prometheus-io/lezer-promql';
import { dashboards, expressionsOf, substitute } from './dashboards';

/** Values of the kind that a browser would put in. */
const VALUES = {
  datasource: 'prometheus',
  job: '.+',
  model: 'flight-delay',
  version: '3',
  candidate: '4',
  feature: 'airline',
  segment: 'all',
  window: '1h',
};

/** The part of an expression that no grammar rule fits. */
export function syntaxError(expr: string): string | undefined {
  let found: string | undefined;
  parser.parse(expr).iterate({
    enter(node) {
      if (node.type.isError && found === undefined) {
        found = expr.slice(Math.max(0, node.from - 20), node.to + 20) || expr;
      }
    },
  });
  return found;
}

test('the parser notices what is no PromQL', () => {
  assert.strictEqual(syntaxError('sum by (a) (rate(x_total[5m]))'), undefined);
  assert.ok(syntaxError('sum by (a (x)'));
});

for (const dashboard of dashboards()) {
  test(`${dashboard.file}: every expression is PromQL`, () => {
    const expressions = expressionsOf(dashboard);
    assert.ok(expressions.length > 0);
    for (const { place, expr } of expressions) {
      const filled = substitute(expr, VALUES);
      assert.doesNotMatch(filled, /\$[a-zA-Z{]/, `${place}: ${filled}`);
      assert.strictEqual(syntaxError(filled), undefined, `${place}: ${filled}`);
    }
  });
}
