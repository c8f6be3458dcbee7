import type { BuildResult } from './run-target';

const kilobytes = (bytes: number): string => `${(bytes / 1024).toFixed(1)} KB`;

/** What became of a target, for a terminal: its name, whether it was built, how long it took and how large it is. */
export function resultLine({ target, outcome, seconds, raw, gzip }: BuildResult): string {
  return [
    target.padEnd(14),
    outcome,
    `${seconds.toFixed(1)} s`.padStart(7),
    `${kilobytes(raw).padStart(9)} raw`,
    `${kilobytes(gzip).padStart(9)} gzip`,
  ].join('  ');
}
