import { FieldType, toDataFrame } from '@grafana/data';
import { fireEvent, render, screen } from '@testing-library/react';
import React from 'react';
import { answersOf } from './ask';
import { ConfigPage } from './ConfigPage';

jest.mock('@grafana/runtime', () => ({
  ...jest.requireActual('@grafana/runtime'),
  DataSourcePicker: ({ onChange }: { onChange: (settings: { uid: string }) => void }) => (
    <button onClick={() => onChange({ uid: 'prom' })}>choose</button>
  ),
}));

describe('ConfigPage', () => {
  it('checks the chosen data source and says what to do', async () => {
    const asked: string[] = [];
    const askOf = (uid: string) => async (expr: string) => {
      asked.push(uid);
      return expr.startsWith('vector') ? [{ labels: {}, value: 1 }] : [];
    };
    render(<ConfigPage askOf={askOf} />);
    expect(screen.queryAllByTestId('finding')).toHaveLength(0);
    fireEvent.click(screen.getByText('choose'));
    expect(await screen.findByText('Recording rules: Problem')).toBeInTheDocument();
    expect(screen.getByText(/Add "model-drift-recording.yml"/)).toBeInTheDocument();
    expect(screen.getByText('Data source: OK')).toBeInTheDocument();
    expect(new Set(asked)).toEqual(new Set(['prom']));
  });
});

describe('answersOf', () => {
  it('takes the last value of each series', () => {
    const frame = toDataFrame({
      fields: [
        { name: 'Time', type: FieldType.time, values: [1, 2] },
        { name: 'Value', type: FieldType.number, labels: { job: 'x' }, values: [1, 5] },
      ],
    });
    expect(answersOf(frame)).toEqual([{ labels: { job: 'x' }, value: 5 }]);
    expect(answersOf(toDataFrame({ fields: [] }))).toEqual([]);
  });
});
