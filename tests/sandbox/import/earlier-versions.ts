import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';

/** Versions that were handed out: packages in the order of their import, as `tests/fixtures/solutions` keeps them. */
function kept(version: string): readonly Uint8Array[] {
  return ['connector', 'main'].map((name) =>
    brotliDecompressSync(readFileSync(join(__dirname, `../../fixtures/solutions/${name}-${version}.zip.br`))),
  );
}

/** Before the tables of issues, time and connections took their present form: the last such state of main. */
export const beforeIssues = kept('before-issues');
/** The first state that could be packed. */
export const first = kept('first');
