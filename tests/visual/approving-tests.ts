import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** Absolute paths of the tests here that keep what they find, as approved, when `UPDATE_BASELINES` is set. */
export function approvingTests(): readonly string[] {
  return readdirSync(__dirname)
    .filter((file) => file.endsWith('.test.ts'))
    .map((file) => join(__dirname, file))
    .filter((file) => readFileSync(file, 'utf8').includes("process.env['UPDATE_BASELINES']"));
}
