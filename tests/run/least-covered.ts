/** How much of something was reached, as istanbul's summary has it. */
export interface Reached {
  readonly total: number;
  readonly covered: number;
}
type Kind = 'statements' | 'branches' | 'functions' | 'lines';
export type Summary = Readonly<Record<string, Readonly<Record<Kind, Reached>>>>;

/** Percent to one decimal; of nothing everything is reached. */
const percent = ({ total, covered }: Reached): string =>
  `${(total === 0 ? 100 : Math.floor((1000 * covered) / total) / 10).toFixed(1)} %`;

const sum = (all: readonly Reached[]): Reached => ({
  total: all.reduce((count, { total }) => count + total, 0),
  covered: all.reduce((count, { covered }) => count + covered, 0),
});

/**
 * The figure of the whole, of each workspace, and the files in which most is left, as lines. Pure.
 * @param summary by absolute path, with `total` beside
 */
export function coverageLines(summary: Summary, root: string, most: number): readonly string[] {
  const files = Object.entries(summary)
    .filter(([path]) => path !== 'total')
    .map(([path, reached]) => ({ path: path.slice(root.length + 1), ...reached }));
  const workspaces = [...new Set(files.map(({ path }) => path.split('/')[0]!))].sort();
  const row = (name: string, of: typeof files): string => {
    const [statements, branches, functions] = (['statements', 'branches', 'functions'] as const).map((kind) =>
      percent(sum(of.map((file) => file[kind]))),
    );
    return `${name.padEnd(16)} statements ${statements}, branches ${branches}, functions ${functions}`;
  };
  const left = ({ statements }: (typeof files)[number]): number => statements.total - statements.covered;
  const least = files
    .filter((file) => left(file) > 0)
    .sort((one, other) => left(other) - left(one) || one.path.localeCompare(other.path))
    .slice(0, most);
  return [
    ...workspaces.map((name) =>
      row(
        name,
        files.filter(({ path }) => path.startsWith(`${name}/`)),
      ),
    ),
    row('all', files),
    '',
    'Most left to reach:',
    ...least.map((file) => `${String(left(file)).padStart(6)} of ${file.statements.total}  ${file.path}`),
  ];
}
