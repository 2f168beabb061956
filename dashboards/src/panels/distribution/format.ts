import { SPECIAL_BIN_LABELS } from '../../shared/meaning';

/** A number with at most four significant digits, without a trailing `.0`. */
export function number(value: number): string {
  if (!Number.isFinite(value)) {
    return value > 0 ? '∞' : value < 0 ? '−∞' : '–';
  }
  const magnitude = Math.abs(value);
  if (magnitude !== 0 && (magnitude >= 1e7 || magnitude < 1e-4)) {
    return minus(value.toExponential(2));
  }
  if (magnitude >= 1000) {
    return rows(value);
  }
  return minus(String(Number(value.toPrecision(4))));
}

/** A count of rows: whole, in groups of three. */
export function rows(value: number): string {
  return minus(String(Math.round(value)).replace(/\B(?=(\d{3})+$)/g, ' '));
}

/** A share as a percentage: enough digits to tell small shares from none. */
export function percent(share: number): string {
  if (!Number.isFinite(share)) {
    return '–';
  }
  const value = share * 100;
  if (value !== 0 && Math.abs(value) < 0.01) {
    return '<0.01 %';
  }
  return `${minus(value.toFixed(Math.abs(value) >= 9.995 ? 1 : 2))} %`;
}

/** A difference of shares in percentage points, always with its sign. */
export function points(difference: number): string {
  if (!Number.isFinite(difference)) {
    return '–';
  }
  const value = Math.abs(difference * 100);
  const text = value.toFixed(value >= 9.995 ? 1 : 2);
  return `${difference < 0 ? '−' : '+'}${text} pp`;
}

/** A score or threshold: three decimals are what the rules are exact to. */
export function score(value: number | undefined): string {
  if (value === undefined || !Number.isFinite(value)) {
    return '–';
  }
  return value !== 0 && Math.abs(value) < 0.001 ? '<0.001' : value.toFixed(3);
}

export function interval(lower: number, upper: number): string {
  if (Number.isNaN(lower) || Number.isNaN(upper)) {
    return '';
  }
  if (lower === -Infinity) {
    return upper === Infinity ? 'all values' : `< ${number(upper)}`;
  }
  if (upper === Infinity) {
    return `≥ ${number(lower)}`;
  }
  // A bin made for one value ends at the next double.
  const single = upper - lower <= Math.max(1, Math.abs(lower)) * 1e-12;
  return single || number(lower) === number(upper) ? number(lower) : `${number(lower)} – ${number(upper)}`;
}

export function specialLabel(name: string): string {
  return SPECIAL_BIN_LABELS[name] ?? name;
}

/** Cuts in the middle, because both ends of a long name tell most. */
export function shorten(text: string, characters: number): string {
  if (text.length <= characters) {
    return text;
  }
  const keep = Math.max(1, characters - 1);
  const head = Math.ceil(keep / 2);
  return `${text.slice(0, head)}…${text.slice(text.length - (keep - head))}`;
}

function minus(text: string): string {
  return text.replace(/-/g, '−');
}
