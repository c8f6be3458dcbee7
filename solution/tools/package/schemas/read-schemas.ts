import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** File that every folder of Microsoft's schemas has: what a customizations.xml is made of. */
const MAIN_SCHEMA = 'CustomizationsSolution.xsd';

/**
 * Where Microsoft's schemas lie: in the folder that `DATAVERSE_SCHEMAS` names (Schemas.zip of the SDK, unpacked), or beside the repository.
 * They are Microsoft's and bring no licence, so that the repository does not carry them. Undefined: nowhere.
 */
export function findSchemas(root: string): string | undefined {
  const beside = join(root, '..', 'shared', 'dataverse', 'xsd-9.0.0.2090');
  return [process.env['DATAVERSE_SCHEMAS'], beside].find(
    (folder) => folder !== undefined && existsSync(join(folder, MAIN_SCHEMA)),
  );
}

export interface Schema {
  readonly fileName: string;
  readonly contents: string;
}

/** Every schema, in the words that libxml2 understands. */
export function readSchemas(folder: string): Schema[] {
  const files = readdirSync(folder).filter((fileName) => fileName.endsWith('.xsd'));
  return files.map((fileName) => ({
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
