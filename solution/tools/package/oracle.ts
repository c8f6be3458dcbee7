import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** What the independent checker says of one place in a package. */
export interface Finding {
  readonly level: 'error' | 'warning';
  readonly rule: string;
  /** Innermost named element: a table, a choice, a file. */
  readonly component: string;
  readonly message: string;
}

/** The checker's own errors: it did not run, or did not answer as it promises. */
export class OracleError extends Error {
  static readonly code = 'ORACLE';
  readonly code = OracleError.code;

  constructor(detail: string) {
    super(`The solution checker gave no report: ${detail.trim()}`);
    this.name = 'OracleError';
  }
}

/** Independent checker of solution packages; stands beside the repository where it exists at all. */
export function findOracle(root: string): string | undefined {
  const path = join(root, '..', 'shared', 'tools', 'check-solution', 'check-solution');
  return existsSync(path) ? path : undefined;
}

interface Report {
  readonly packages: readonly {
    readonly findings: readonly (Omit<Finding, 'component' | 'level'> & {
      readonly level: Finding['level'] | 'info';
      readonly file: string;
      readonly path: string;
    })[];
  }[];
}

/**
 * Errors and warnings about packages that are to be imported in the given order; what two packages have in common is told once.
 *
 * @throws OracleError
 */
export function askOracle(oracle: string, zips: readonly string[]): Finding[] {
  const options = ['--json', '--closed', '--strict', '--hygiene', '--langs', '1033,3084', '--level', 'warning'];
  const { stdout, stderr, error } = spawnSync(oracle, [...options, ...zips], {
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  if (error !== undefined || !stdout.startsWith('{')) throw new OracleError(error?.message ?? `${stderr}${stdout}`);
  // The checker's own format; its report begins with a brace, anything else was refused above.
  const report = JSON.parse(stdout) as Report;
  const found = new Map<string, Finding>();
  for (const { level, rule, file, path, message } of report.packages.flatMap(({ findings }) => findings)) {
    if (level === 'info') continue;
    const component = /\[([^\]]+)\][^[]*$/.exec(path)?.[1] ?? (path === '' ? file : path);
    found.set(`${level} ${rule} ${component} ${message}`, { level, rule, component, message });
  }
  return [...found.values()];
}
