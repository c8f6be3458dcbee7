import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Where Microsoft's schemas lie, from the repository's root; `tests/fixtures/SOURCES.md` says whose they are. */
const SCHEMA_FOLDER = 'tests/fixtures/dataverse/schemas-9.0.0.2090';

export interface Schema {
  readonly fileName: string;
  readonly contents: string;
}

/** Every schema, in the words that libxml2 understands. */
export function readSchemas(root: string): Schema[] {
  const folder = join(root, SCHEMA_FOLDER);
  return readdirSync(folder).map((fileName) => ({
    fileName,
    contents: forLibxml2(readFileSync(join(folder, fileName), 'utf8').replace(/^\uFEFF/, '')),
  }));
}

/**
 * .NET, for which they were written, reads three things differently: `^` and `$` of a pattern anchor there and are plain characters in
 * XML Schema, which always matches the whole value; `\$` and look-ahead are no part of it. And a control's parameters name the group
 * of the search widget in two branches of one choice, which is one too many for a deterministic content model: the branch that has
 * only that group goes, the other one accepts the same.
 */
function forLibxml2(schema: string): string {
  return schema
    .replaceAll('\\$', '[$]')
    .replaceAll('(?![cC][rR][mM]_)', '')
    .replace(/(<xs:pattern value\s*=\s*")\^([^"]*)\$"/g, '$1$2"')
    .replace(/<xs:choice [^>]*>\s*<xs:group ref="SearchWidgetControlParameters"[^>]*>\s*<\/xs:choice>/, '');
}
