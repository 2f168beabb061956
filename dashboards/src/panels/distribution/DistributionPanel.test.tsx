import { type DataFrame, LoadingState } from '@grafana/data';
import { fireEvent, render, screen } from '@testing-library/react';
import React from 'react';
import { DistributionPanel } from './DistributionPanel';
import { indexAfter } from './FeatureChart';
import { orderedRows, rowsOf, table } from './testFrames';
import { defaults, type Options } from './types';

const airline = { model: 'flight-delay', version: '3', feature: 'airline', role: 'input' };
const drifted = [
  table('baseline', rowsOf({ AA: 600, DL: 300, US: 100, __missing__: 0 }, airline)),
  table('current', rowsOf({ AA: 800, DL: 200, US: 0, __missing__: 0 }, airline)),
  table('state', [[airline, 2]]),
  table('threshold', [[{ ...airline, severity: 'drifted' }, 0.12]]),
  table('required', [[airline, 100]]),
];

function show(series: DataFrame[], options: Partial<Options> = {}, size = { width: 600, height: 400 }) {
  const data = { series, state: LoadingState.Done, timeRange: {} as never };
  return render(<DistributionPanel data={data} options={{ ...defaults, ...options }} {...size} />);
}

const pathOf = (id: string) => screen.getByTestId(id).getAttribute('d')!;
const barsIn = (path: string) => path.split('M').length - 1;

describe('DistributionPanel', () => {
  it('draws both sides and contributions, and says the verdict in words', () => {
    show(drifted);
    expect(barsIn(pathOf('baseline'))).toBe(3);
    expect(barsIn(pathOf('current'))).toBe(2);
    expect(barsIn(pathOf('contributions'))).toBe(3);
    expect(screen.getByText(/drifted$/)).toHaveTextContent('◆ drifted');
    expect(screen.getByText(/1 000 rows of ≥ 100/)).toBeInTheDocument();
    expect(screen.getByRole('img')).toHaveAccessibleName(/airline: drifted.*Moved most: US, −10.0 pp/);
  });

  it('hides special bins that are empty, unless asked not to', () => {
    show(drifted);
    expect(screen.queryByText('missing')).toBeNull();
    show(drifted, { showEmptySpecialBins: true });
    expect(screen.getByText('missing')).toBeInTheDocument();
  });

  it.each([
    ['no series', []],
    ['empty tables', [table('baseline', [])]],
    ['series without bins', [table('state', [[airline, 0]])]],
  ])('says so when there are %s', (_, frames) => {
    show(frames);
    expect(screen.getByRole('status')).toHaveTextContent('No bins');
  });

  it.each([
    ['without rows', [drifted[0], table('current', rowsOf({ AA: 0, DL: 0, US: 0 }, airline))], 'no rows in the window'],
    ['without a baseline', [drifted[1]], 'no baseline'],
  ])('draws the side there is %s, and gives the reason for no verdict', (_, frames, reason) => {
    show(frames);
    expect(screen.getByText(new RegExp(reason))).toBeInTheDocument();
    expect(screen.getByText('○ insufficient')).toBeInTheDocument();
    expect(screen.queryByTestId('contributions')).toBeNull();
  });

  it('shows small multiples, the worst first, and says how many it left out', () => {
    const calm = { ...airline, feature: 'calm' };
    const frames = [...drifted, table('baseline', rowsOf({ a: 1 }, calm)), table('state', [[calm, 0]])];
    show(frames);
    expect(screen.getAllByTestId('feature').map((cell) => cell.textContent)).toEqual([
      expect.stringContaining('airline'),
      expect.stringContaining('calm'),
    ]);
    show(frames, { maxFeatures: 1 });
    expect(screen.getByText('1 of 2 features')).toBeInTheDocument();
  });

  it('tells a bin to those who use the keyboard', () => {
    show([
      table('baseline', orderedRows([0, 10], [10, 80, 10], { feature: 'x' })),
      table('current', rowsOf({ '00': 5, '01': 90, '02': 5 }, { feature: 'x' })),
    ]);
    const chart = screen.getByRole('group');
    fireEvent.keyDown(chart, { key: 'ArrowRight' });
    fireEvent.keyDown(chart, { key: 'ArrowRight' });
    expect(screen.getByRole('status')).toHaveTextContent('0 – 10, baseline 80.0 % (80 rows), live 90.0 % (90 rows)');
    expect(screen.getByTestId('bin-tooltip')).toBeInTheDocument();
    fireEvent.keyDown(chart, { key: 'Escape' });
    expect(screen.queryByTestId('bin-tooltip')).toBeNull();
  });

  it('leads on to the feature when the query carries a link', () => {
    const frame = table('current', rowsOf({ AA: 8 }, airline));
    const value = frame.fields.find((field) => field.name === 'Value')!;
    value.getLinks = () => [{ href: '/d/feature', title: 'Feature', target: undefined, origin: value }];
    show([frame]);
    expect(screen.getByRole('link', { name: 'airline' })).toHaveAttribute('href', '/d/feature');
  });
});

describe('indexAfter', () => {
  it('stays inside the bins', () => {
    expect(indexAfter('ArrowRight', 2, 3)).toBe(2);
    expect(indexAfter('ArrowLeft', 0, 3)).toBe(0);
    expect(indexAfter('End', 0, 3)).toBe(2);
    expect(indexAfter('a', 0, 3)).toBeUndefined();
    expect(indexAfter('Home', 0, 0)).toBeUndefined();
  });
});
