import { entryOf } from '@crmjira/domain';
import type { FieldKind } from '../contract';

/** Class ids of the platform's native form controls, upper case without braces. Source: unpacked main forms of real solutions. */
const kinds: Readonly<Record<string, FieldKind>> = {
  '4273EDBD-AC1D-40D3-9FB2-095C621B552D': 'text',
  'E0DECE4B-6FC8-4A8F-A065-082708572369': 'memo',
  '71716B6C-711E-476C-8AB8-5D11542BFB47': 'url',
  'ADA2203E-B4CD-49BE-9DDF-234642B43B52': 'email',
  '8C10015A-B339-4982-9474-A95FE05631A5': 'phone',
  '533B9E00-756B-4312-95A0-DC888637AC78': 'money',
  'C3EFE0C3-0EC6-42BE-8349-CBD9079DFD8E': 'decimal',
  '0D2C745A-E5A8-4C8F-BA63-C6D3BB604660': 'decimal',
  'C6D124CA-7EDA-4A60-AEA9-7FB8D318B68F': 'integer',
  '3EF39988-22BB-4F0B-BBBE-64B5A3748AEE': 'choice',
  '67FAC785-CD58-4F9F-ABB3-4B7DDC6ED5ED': 'boolean',
  'B0C6723A-8503-4FD7-BB28-C8A06AC933C2': 'boolean',
  '5B773807-9FB2-42DB-97C3-7A91EFF8ADFF': 'date',
  '270BD3DB-D9AF-4782-9025-509E298DEC0A': 'lookup',
  '5D68B988-0661-4DB2-BC3E-17598AD3BE6C': 'status',
  'F9A8A302-114E-466A-B582-6771B2AE0D92': 'custom',
  'E7A81278-8635-4D9E-8D4D-59480B391C5B': 'sub-grid',
  '06375649-C143-495E-A496-C962E5B4488E': 'timeline',
};

/** Kind of the native control behind a `classid` of FormXml; `unknown` for one this host does not draw. */
export function fieldKind(classId: string): FieldKind {
  return entryOf(kinds, classId.replace(/[{}]/g, '').toUpperCase()) ?? 'unknown';
}
