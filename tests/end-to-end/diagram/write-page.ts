import type { Connection } from './read-parts';

interface Box {
  readonly x: number;
  readonly y: number;
  readonly height: number;
  /** What goes on inside, from the top of ARCHITECTURE.md. */
  readonly inside: readonly string[];
}

type Point = readonly [x: number, y: number];

/** Pixels. */
const WIDTH = 1240;
const BOX_WIDTH = 240;

/** Where each part of the table stands. */
const BOXES: Readonly<Record<string, Box>> = {
  'controls, form script': { x: 60, y: 76, height: 104, inside: ['browser of a user', 'PCF, web resources'] },
  Dataverse: { x: 60, y: 260, height: 110, inside: ['opportunity, mapping, snapshot,', 'alert, task, e-mail, log'] },
  'custom connector': { x: 60, y: 460, height: 104, inside: ['cloud flows', 'off until it is switched on'] },
  proxy: {
    x: 500,
    y: 180,
    height: 370,
    inside: [
      'verify a trigger',
      '↓',
      'inbox and queue, durable',
      '↓',
      'read both sides afresh',
      '↓',
      'plan(): pure',
      '↓',
      'apply',
      '',
      '',
      'relay',
    ],
  },
  Jira: { x: 940, y: 260, height: 110, inside: ['projects, issues, worklogs', 'Cloud or Data Center'] },
};

/** Frames around parts of one owner: label, left, top, width, height. */
const FRAMES: readonly (readonly [string, number, number, number, number])[] = [
  ['Dynamics 365 and Power Platform', 30, 30, 300, 550],
  ['service, in Canada', 470, 130, 300, 450],
  ['Jira', 910, 210, 300, 190],
];

/** The lines of connections, by `from → to`. */
const LINES: Readonly<Record<string, readonly Point[]>> = {
  'controls, form script → Dataverse': [
    [180, 180],
    [180, 260],
  ],
  'Dataverse → proxy': [
    [300, 295],
    [500, 295],
  ],
  'proxy → Dataverse': [
    [500, 340],
    [300, 340],
  ],
  'Jira → proxy': [
    [940, 295],
    [740, 295],
  ],
  'proxy → Jira': [
    [740, 340],
    [940, 340],
  ],
  'custom connector → Jira': [
    [300, 520],
    [1060, 520],
    [1060, 370],
  ],
};

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/**
 * The page that is taken as a picture: parts as boxes, how they speak as numbered arrows, each number explained below.
 *
 * @throws Error naming a part or a connection of the table that has no place here
 */
export function writePage(connections: readonly Connection[]): string {
  const names = [...new Set(connections.flatMap(({ from, to }) => [from, to]))];
  const missing = names.filter((name) => BOXES[name] === undefined);
  const unplaced = connections.map(({ from, to }) => `${from} → ${to}`).filter((line) => LINES[line] === undefined);
  if (missing.length + unplaced.length > 0)
    throw new Error(
      `Give a place in tests/end-to-end/diagram/write-page.ts to: ${[...missing, ...unplaced].join('; ')}`,
    );
  const legend = connections.map(
    ({ from, to, through }) => `<li><b>${escaped(from)} → ${escaped(to)}</b>: ${escaped(through)}</li>`,
  );
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><style>
body{margin:0;width:${WIDTH}px;background:#fff;color:#201f1e;font:15px/1.5 "DejaVu Sans","Liberation Sans",sans-serif}
svg{display:block}ol{margin:0;padding:4px 40px 28px 64px}li{margin:3px 0}
</style></head><body><svg width="${WIDTH}" height="610" font-family="inherit">
<defs><marker id="end" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="9" markerHeight="9" orient="auto"><path d="M0 0L10 5L0 10z" fill="#0b5cad"/></marker></defs>
${FRAMES.map(frame).join('\n')}
${names.map((name) => box(name, BOXES[name]!)).join('\n')}
${connections.map(({ from, to }, at) => line(LINES[`${from} → ${to}`]!, at + 1)).join('\n')}
</svg><ol>${legend.join('\n')}</ol></body></html>`;
}

function frame([label, x, y, width, height]: (typeof FRAMES)[number]): string {
  return `<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="12" fill="#f7f9fb" stroke="#8a9bb0" stroke-dasharray="6 5"/><text x="${x + 14}" y="${y + 26}" fill="#44546a" font-size="14">${escaped(label)}</text>`;
}

function box(name: string, { x, y, height, inside }: Box): string {
  const middle = x + BOX_WIDTH / 2;
  const lines = inside.map(
    (text, at) =>
      `<text x="${middle}" y="${y + 58 + at * 24}" text-anchor="middle" font-size="13.5" fill="#44546a">${escaped(text)}</text>`,
  );
  return `<rect x="${x}" y="${y}" width="${BOX_WIDTH}" height="${height}" rx="6" fill="#fff" stroke="#0b5cad" stroke-width="1.5"/><text x="${middle}" y="${y + 30}" text-anchor="middle" font-size="17" font-weight="600">${escaped(name)}</text>${lines.join('')}`;
}

function line(points: readonly Point[], number: number): string {
  const [[x1, y1], [x2, y2]] = [points[0]!, points[1]!];
  // On a line that crosses the service the number stands before it.
  const middle: Point = points.length > 2 ? [400, y1] : [(x1 + x2) / 2, (y1 + y2) / 2];
  return `<polyline points="${points.map((point) => point.join(',')).join(' ')}" fill="none" stroke="#0b5cad" stroke-width="2" marker-end="url(#end)"/><circle cx="${middle[0]}" cy="${middle[1]}" r="13" fill="#0b5cad"/><text x="${middle[0]}" y="${middle[1] + 5}" text-anchor="middle" fill="#fff" font-size="14" font-weight="600">${number}</text>`;
}
