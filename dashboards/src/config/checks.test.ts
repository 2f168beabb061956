import { type Answer, type Ask, inspect } from './checks';

const one = (labels: Record<string, string>, value = 1): Answer => ({ labels, value });
const flight = { model: 'flight-delay', version: '3' };

/** A Prometheus in which everything is as it should be; a test breaks one thing. */
const healthy: Array<[RegExp, Answer[]]> = [
  [/^vector/, [one({})]],
  [/^up/, [one({ instance: 'a' }), one({ instance: 'b' })]],
  [/unless/, []],
  [/^count by/, [one(flight)]],
  [/created/, [one(flight, 3 * 86400 + 5)]],
  [/^count\(feature/, [one({}, 12)]],
  [/timestamp/, [one({}, 20)]],
  [/^count_values/, [one({ window: '1h', state: '0' }, 3), one({ window: '5m', state: '-1' }, 3)]],
];

function prometheus(...changes: Array<[RegExp, Answer[] | Error]>): Ask {
  return async (expr) => {
    const [, answer] = [...changes, ...healthy].find(([pattern]) => pattern.test(expr))!;
    if (answer instanceof Error) {
      throw answer;
    }
    return answer;
  };
}

const findingOf = async (title: string, ask: Ask) => (await inspect(ask)).find((finding) => finding.title === title)!;

describe('inspect', () => {
  it('finds nothing to do where all is well', async () => {
    const findings = await inspect(prometheus());
    expect(findings.map(({ title, level }) => `${title} ${level}`)).toEqual([
      'Data source ok',
      'Exporters ok',
      'Metrics ok',
      'Baselines ok',
      'Recording rules ok',
      'Verdicts ok',
    ]);
    expect(findings.every(({ advice }) => advice === '')).toBe(true);
    expect(findings[3].text).toBe('1 baseline, the oldest of 3 days.');
  });

  it('asks nothing more of a data source that does not answer', async () => {
    const findings = await inspect(prometheus([/./, new Error('connection refused')]));
    expect(findings).toHaveLength(1);
    expect(findings[0]).toMatchObject({ level: 'problem', text: 'It does not answer: connection refused' });
  });

  it.each([
    ['Exporters', 'no exporter', [/^up/, []], 'problem', /scrapes no exporter/],
    [
      'Exporters',
      'one is down',
      [/^up/, [one({ instance: 'a' }), one({ instance: 'b' }, 0)]],
      'problem',
      /1 of 2 .* b\./,
    ],
    ['Metrics', 'no traffic', [/^count by.*total\)$/, []], 'problem', /No model/],
    ['Baselines', 'a model has none', [/unless/, [one(flight)]], 'attention', /flight-delay 3/],
    [
      'Baselines',
      'one is old',
      [/created/, [one(flight, 200 * 86400)]],
      'attention',
      /Older than 180 days: flight-delay 3/,
    ],
    ['Baselines', 'there are no models', [/created/, []], 'skipped', /No baseline yet/],
    ['Recording rules', 'none are loaded', [/^count\(feature/, []], 'problem', /Nothing is recorded/],
    ['Recording rules', 'they are late', [/timestamp/, [one({}, 240)]], 'attention', /240 seconds/],
    ['Recording rules', 'the query fails', [/^count\(feature/, new Error('boom')], 'skipped', /boom/],
    [
      'Verdicts',
      'there are none',
      [/^count_values/, [one({ window: '1h', state: '-1' }, 4)]],
      'attention',
      /No feature/,
    ],
  ] as Array<[string, string, [RegExp, Answer[] | Error], string, RegExp]>)(
    '%s: says what is wrong when %s',
    async (title, _, change, level, text) => {
      const finding = await findingOf(title, prometheus(change));
      expect(finding).toMatchObject({ level, text: expect.stringMatching(text) });
      expect(finding.advice).not.toBe('');
    }
  );
});
