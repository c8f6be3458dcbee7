import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Finding } from './oracle';

/** Where each warning that stays is explained, from the repository's root. */
export const acceptedWarningsFile = 'docs/solution-checks.md';

/** `rule component` of every explained warning: a row `| rule | component | reason |`, the first two in backquotes. */
export function acceptedWarnings(root: string): Set<string> {
  const rows = readFileSync(join(root, acceptedWarningsFile), 'utf8').matchAll(
    /^\| `([A-Z]+\d+)` +\| `([^`]+)` +\| \S/gm,
  );
  return new Set([...rows].map(([, rule, component]) => `${rule} ${component}`));
}

/** Sentences about errors, warnings that nobody explained, and explanations of warnings that are gone. */
export function judge(findings: readonly Finding[], accepted: ReadonlySet<string>): string[] {
  const isAccepted = ({ level, rule, component }: Finding): boolean =>
    level === 'warning' && accepted.has(`${rule} ${component}`);
  const wrong = findings
    .filter((finding) => !isAccepted(finding))
    .map(({ level, rule, component, message }) => `${level} ${rule} ${component}: ${message}`);
  const present = new Set(findings.map(({ rule, component }) => `${rule} ${component}`));
  const gone = [...accepted].filter((key) => !present.has(key));
  return [...wrong, ...gone.map((key) => `${acceptedWarningsFile} explains ${key}, which is no longer found`)];
}
