import * as format from './format';

describe('numbers', () => {
  it.each([
    [0, '0'],
    [1.23456, '1.235'],
    [-0.5, '−0.5'],
    [4983, '4 983'],
    [1234567, '1 234 567'],
    [0.0000123, '1.23e−5'],
    [NaN, '–'],
    [-Infinity, '−∞'],
  ])('%p reads %s', (value, text) => expect(format.number(value)).toBe(text));
});

describe('shares', () => {
  it('tells little from nothing', () => {
    expect([0, 0.00001, 0.0123, 0.5, NaN].map(format.percent)).toEqual(['0.00 %', '<0.01 %', '1.23 %', '50.0 %', '–']);
  });

  it('gives a difference its sign', () => {
    expect([0.123, -0.004, NaN].map(format.points)).toEqual(['+12.3 pp', '−0.40 pp', '–']);
  });
});

describe('intervals', () => {
  it.each([
    [-Infinity, 3, '< 3'],
    [3, Infinity, '≥ 3'],
    [1, 2, '1 – 2'],
    [1, 1 + Number.EPSILON, '1'],
    [0, Number.MIN_VALUE, '0'],
    [-Infinity, Infinity, 'all values'],
    [NaN, NaN, ''],
  ])('[%p, %p) reads %s', (lower, upper, text) => expect(format.interval(lower, upper)).toBe(text));
});

it('shortens a long name in the middle', () => {
  expect(format.shorten('Transportes Aéreos Nacionales', 12)).toBe('Transp…nales');
  expect(format.shorten('short', 12)).toBe('short');
});
