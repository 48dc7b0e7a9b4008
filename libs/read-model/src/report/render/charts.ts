import type { ChartBlock, Report } from '#insight';

/** Charts of a report as SVG, by the page and place of their block. */
export type Charts = ReadonlyMap<ChartBlock, string>;

const [WIDTH, HEIGHT] = [640, 220];
/** Told apart by lightness and by the names beside them, so also in grey. */
const [DARK, LIGHT, LINE, INK] = ['#1f4e79', '#c9d6e3', '#1b1f24', '#1b1f24'];
const FONT = 'Roboto, Helvetica, Arial, sans-serif';

/** Draws all charts of a report. Vega is loaded when the first is wanted. */
export async function drawCharts({ pages }: Report): Promise<Charts> {
  const charts = pages.flatMap(({ blocks }) => blocks.filter((block) => block.kind === 'chart'));
  if (charts.length === 0) return new Map();
  const { parse, View } = await import('vega');
  return new Map(await Promise.all(charts.map(async (chart) => {
    const view = new View(parse(specOf(chart) as Parameters<typeof parse>[0]), { renderer: 'none' });
    const svg = await view.toSVG();
    view.finalize();
    return [chart, svg] as const;
  })));
}

const axisText = { labelFont: FONT, titleFont: FONT, labelFontSize: 12, titleFontSize: 12, labelColor: INK, titleColor: INK, titleFontWeight: 'normal', domainColor: INK, tickColor: INK, labelLimit: 160 } as const;
const label = { font: { value: FONT }, fontSize: { value: 12 }, fill: { value: INK } } as const;

function specOf(block: ChartBlock): object {
  const { per } = block;
  const chart = { ...block, marks: block.marks.map(({ value, low, high, ...mark }) => ({ ...mark, value: value / per, ...(low !== undefined && { low: low / per }), ...(high !== undefined && { high: high / per }) })) };
  const base = { width: WIDTH, height: HEIGHT, padding: 8, background: 'white', autosize: { type: 'fit', contains: 'padding' } };
  switch (chart.shape) {
    case 'waterfall': return { ...base, ...upright(chart, waterfallOf(chart)) };
    case 'stacked': return { ...base, ...upright(chart, stackedOf(chart)), legends: [{ fill: 'parts', orient: 'top', direction: 'horizontal', labelFont: FONT, labelFontSize: 12, labelColor: INK, symbolStrokeColor: LINE, symbolStrokeWidth: 1, symbolType: 'square' }] };
    case 'ranges': return { ...base, ...ranges(chart) };
    default: return { ...base, height: Math.max(60, 30 * chart.marks.length), ...lying(chart) };
  }
}

interface Bar { readonly name: string; readonly from: number; readonly to: number; readonly part: string; readonly label: string; readonly top: number }

/** Start and end stand on the ground; what moves in between hangs where the one before ended. */
function waterfallOf({ marks }: ChartBlock): Bar[] {
  let level = 0;
  return marks.map(({ name, value, label: words }, place) => {
    const isTotal = place === 0 || place === marks.length - 1;
    const from = isTotal ? 0 : level;
    level = isTotal ? value : level + value;
    return { name, from, to: level, part: isTotal ? 'total' : value < 0 ? 'less' : 'more', label: words, top: Math.max(from, level) };
  });
}

function stackedOf({ marks }: ChartBlock): Bar[] {
  const reached = new Map<string, number>();
  return marks.map(({ name, value, part = '', label: words }) => {
    const from = reached.get(name) ?? 0;
    reached.set(name, from + value);
    return { name, from, to: from + value, part, label: value === 0 ? '' : words, top: from + value };
  });
}

const PARTS = ['total', 'more', 'less', 'expected', 'at risk'];
const FILLS = [DARK, LIGHT, 'white', DARK, 'white'];

/** Where what moves is small beside what stands, a waterfall does not begin at 0, and says so. */
function floorOf({ shape }: ChartBlock, values: readonly Bar[]): number {
  const levels = values.flatMap(({ from, to, part }) => (part === 'total' ? [to] : [from, to]));
  const [least, most] = [Math.min(...levels), Math.max(...levels)];
  return shape === 'waterfall' && most - least < 0.3 * most ? Math.max(0, least - 0.6 * (most - least || most)) : 0;
}

function upright(chart: ChartBlock, all: readonly Bar[]): object {
  const { axis, shape } = chart;
  const floor = floorOf(chart, all);
  const values = all.map((bar) => ({ ...bar, from: Math.max(bar.from, floor), to: Math.max(bar.to, floor) }));
  const own = PARTS.filter((part) => values.some((bar) => bar.part === part));
  return {
    data: [{ name: 'bars', values }],
    scales: [
      { name: 'x', type: 'band', domain: { data: 'bars', field: 'name' }, range: 'width', padding: 0.25 },
      { name: 'y', type: 'linear', domain: { data: 'bars', fields: ['from', 'to'] }, range: 'height', nice: floor === 0, zero: floor === 0, domainMin: floor, domainMax: floor + 1.12 * (Math.max(...values.map(({ top }) => top)) - floor || 1) },
      { name: 'parts', type: 'ordinal', domain: own, range: own.map((part) => FILLS[PARTS.indexOf(part)]) },
    ],
    axes: [{ orient: 'bottom', scale: 'x', ...axisText, ticks: false }, { orient: 'left', scale: 'y', ...axisText, title: floor === 0 ? axis : `${axis} (not from 0)`, grid: true, gridColor: '#d5d9df', tickCount: 4, format: floor === 0 ? '~s' : '.3~s' }],
    marks: [
      {
        type: 'rect', from: { data: 'bars' }, encode: { enter: {
          x: { scale: 'x', field: 'name' }, width: { scale: 'x', band: 1 }, y: { scale: 'y', field: 'from' }, y2: { scale: 'y', field: 'to' }, fill: { scale: 'parts', field: 'part' }, stroke: { value: LINE }, strokeWidth: { value: 1 },
          strokeDash: [{ test: "datum.part === 'less' || datum.part === 'at risk'", value: [3, 2] }, { value: [] }],
        } },
      },
      ...(shape === 'waterfall' ? [{ type: 'text', from: { data: 'bars' }, encode: { enter: { x: { scale: 'x', field: 'name', band: 0.5 }, y: { scale: 'y', field: 'top', offset: -4 }, text: { field: 'label' }, align: { value: 'center' }, ...label, fontSize: { value: 11 } } } }] : []),
    ],
  };
}

function ranges({ axis, marks }: ChartBlock): object {
  return {
    // Words stand above a range, where they cannot run into the next.
    data: [{ name: 'ranges', values: marks.map((mark) => ({ ...mark, top: Math.max(mark.high ?? mark.value, mark.value) })) }],
    scales: [{ name: 'x', type: 'band', domain: marks.map(({ name }) => name).toReversed(), range: 'width', padding: 0.5 }, { name: 'y', type: 'linear', domain: { data: 'ranges', fields: ['low', 'high', 'value'] }, range: 'height', nice: true, zero: false }],
    axes: [{ orient: 'bottom', scale: 'x', ...axisText, ticks: false }, { orient: 'left', scale: 'y', ...axisText, title: axis, grid: true, gridColor: '#d5d9df', tickCount: 4, format: '~s' }],
    marks: [
      { type: 'rect', from: { data: 'ranges' }, encode: { enter: { x: { scale: 'x', field: 'name' }, width: { scale: 'x', band: 1 }, y: { scale: 'y', field: 'low' }, y2: { scale: 'y', field: 'high' }, fill: { value: LIGHT }, stroke: { value: LINE } } } },
      { type: 'symbol', from: { data: 'ranges' }, encode: { enter: { x: { scale: 'x', field: 'name', band: 0.5 }, y: { scale: 'y', field: 'value' }, shape: { value: 'diamond' }, size: { value: 120 }, fill: { value: INK } } } },
      { type: 'text', from: { data: 'ranges' }, encode: { enter: { x: { scale: 'x', field: 'name', band: 0.5 }, y: { scale: 'y', field: 'top', offset: -4 }, text: { field: 'label' }, align: { value: 'center' }, ...label, fontSize: { value: 11 } } } },
    ],
  };
}

function lying({ axis, marks }: ChartBlock): object {
  return {
    data: [{ name: 'bars', values: marks }],
    scales: [{ name: 'y', type: 'band', domain: { data: 'bars', field: 'name' }, range: 'height', padding: 0.25 }, { name: 'x', type: 'linear', domain: { data: 'bars', field: 'value' }, range: 'width', nice: true, zero: true }],
    axes: [{ orient: 'left', scale: 'y', ...axisText, ticks: false }, { orient: 'bottom', scale: 'x', ...axisText, title: axis, tickCount: 5, format: '~d' }],
    marks: [
      { type: 'rect', from: { data: 'bars' }, encode: { enter: { y: { scale: 'y', field: 'name' }, height: { scale: 'y', band: 1 }, x: { scale: 'x', value: 0 }, x2: { scale: 'x', field: 'value' }, fill: { value: DARK } } } },
      { type: 'text', from: { data: 'bars' }, encode: { enter: { y: { scale: 'y', field: 'name', band: 0.5 }, x: { scale: 'x', field: 'value', offset: 4 }, text: { field: 'label' }, baseline: { value: 'middle' }, ...label } } },
    ],
  };
}
