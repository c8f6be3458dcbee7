import { findSchemas } from '../../solution/tools/package/schemas/read-schemas';
import { REPOSITORY } from './solution-folder';

const folder = findSchemas(REPOSITORY);

/** A test that is given the folder of Microsoft's schemas; skipped by name where there is none. */
export function withSchemas(name: string, body: (folder: string) => Promise<void>): void {
  if (folder === undefined) test.skip(`skipped: the schema of solutions is not beside the project: ${name}`, () => {});
  else test(name, () => body(folder), 120_000);
}
