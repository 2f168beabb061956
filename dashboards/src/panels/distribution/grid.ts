export interface Grid {
  columns: number;
  width: number;
  height: number;
}

const COLUMN_GAP = 16;
const ROW_GAP = 10;
const SCROLLBAR = 14;
const LOWEST = 130;
const HIGHEST = 260;

/** As many columns as have room; rows share the height as long as a chart stays legible, otherwise they scroll. */
export function grid(count: number, width: number, height: number, minWidth: number): Grid {
  const columns = Math.max(
    1,
    Math.min(count, Math.floor((width + COLUMN_GAP) / (Math.max(80, minWidth) + COLUMN_GAP)))
  );
  const rows = Math.ceil(count / columns);
  const fair = Math.floor((height - (rows - 1) * ROW_GAP) / rows);
  const scrolls = fair < LOWEST;
  const usable = width - (scrolls ? SCROLLBAR : 0);
  return {
    columns,
    width: Math.max(20, Math.floor((usable - (columns - 1) * COLUMN_GAP) / columns)),
    height: Math.min(HIGHEST, Math.max(LOWEST, fair)),
  };
}
