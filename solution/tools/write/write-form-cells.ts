import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ColumnMetadata, derivedId, type SolutionMetadata } from '@crmjira/domain';
import { columnsMissingOn } from '../consequences/columns-missing-on-forms';

const textArea = '{E0DECE4B-6FC8-4A8F-A065-082708572369}';
/** The platform's own control of each kind of column. */
const classOfType: Readonly<Partial<Record<ColumnMetadata['type'], string>>> = {
  String: '{4273EDBD-AC1D-40D3-9FB2-095C621B552D}',
  Memo: textArea,
  Integer: '{C6D124CA-7EDA-4A60-AEA9-7FB8D318B68F}',
  Decimal: '{C3EFE0C3-0EC6-42BE-8349-CBD9079DFD8E}',
  Money: '{533B9E00-756B-4312-95A0-DC888637AC78}',
  Boolean: '{67FAC785-CD58-4F9F-ABB3-4B7DDC6ED5ED}',
  Picklist: '{3EF39988-22BB-4F0B-BBBE-64B5A3748AEE}',
  DateTime: '{5B773807-9FB2-42DB-97C3-7A91EFF8ADFF}',
  Lookup: '{270BD3DB-D9AF-4782-9025-509E298DEC0A}',
};
/** Of a text that is more than a text. */
const classOfFormat: Readonly<Record<string, string>> = {
  Url: '{71716B6C-711E-476C-8AB8-5D11542BFB47}',
  Email: '{ADA2203E-B4CD-49BE-9DDF-234642B43B52}',
  TextArea: textArea,
};

/** A row of a form that shows one column and nothing else, with its line end. */
const PLAIN_ROW =
  /^( *)<row>\n *<cell [^>]*>\n *<labels>\n(?: *<label [^>]*>\n)+ *<\/labels>\n *<control id="(\w+)" classid="[^"]+" datafieldname="\2" disabled="\w+" \/>\n *<\/cell>\n *<\/row>\n/gm;

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');

function rowOf(table: string, { logicalName, displayName }: ColumnMetadata, classId: string, indent: string): string {
  return [
    '<row>',
    `  <cell id="{${derivedId('form cell', table, logicalName)}}" showlabel="true" locklevel="0">`,
    '    <labels>',
    ...([1033, 3084] as const).map(
      (language) => `      <label description="${escaped(displayName[language])}" languagecode="${language}" />`,
    ),
    '    </labels>',
    `    <control id="${logicalName}" classid="${classId}" datafieldname="${logicalName}" disabled="false" />`,
    '  </cell>',
    '</row>',
  ]
    .map((line) => `${indent}${line}\n`)
    .join('');
}

/**
 * The forms that lack columns of ours, with a cell for each below their last plain one; whoever wants it elsewhere moves it. A column of
 * a kind that no form of ours shows yet is left to do. Path from the repository's root → content.
 */
export function formsWithAllColumns(root: string, solution: SolutionMetadata): ReadonlyMap<string, string> {
  const forms = solution.tables.flatMap((table) => {
    const folder = `solution/src/Entities/${table.logicalName}/FormXml/main`;
    const [file] = existsSync(join(root, folder)) ? readdirSync(join(root, folder)) : [];
    if (file === undefined) return [];
    const source = readFileSync(join(root, folder, file), 'utf8');
    const last = [...source.matchAll(PLAIN_ROW)].at(-1);
    if (last === undefined) return [];
    const rows = columnsMissingOn(table, source).flatMap((column) => {
      const classId = classOfFormat[column.format ?? ''] ?? classOfType[column.type];
      return classId === undefined ? [] : [rowOf(table.logicalName, column, classId, last[1] ?? '')];
    });
    const at = last.index + last[0].length;
    return [[`${folder}/${file}`, source.slice(0, at) + rows.join('') + source.slice(at)] as const];
  });
  return new Map(forms);
}
