import type { z } from 'zod';
import type { FieldIds } from '../../../clients/jira/resolve-fields';
import type { issueUpdate } from '../describe/definitions';

type Fields = z.output<typeof issueUpdate>['fields'] & Readonly<Record<string, unknown>>;

/** The contract's ids (D-7.1) and what each stands for; real ids differ per site. */
const meanings = {
  customfield_10100: 'opportunityId',
  customfield_10101: 'accountId',
  customfield_10102: 'budgetStatus',
  customfield_10103: 'approvedAmount',
} as const;
type ContractId = keyof typeof meanings;
const contractIds = Object.keys(meanings) as ContractId[]; // keys of a const object are its own

/** True when one of the four fields is named: only then the ids of the site are needed. */
export function namesContractField(fields: Fields): boolean {
  return contractIds.some((id) => fields[id] !== undefined);
}

/** Fields as Jira takes them: the ids of the site, the select list as an option. */
export function toSite(fields: Fields, ids: FieldIds): Record<string, unknown> {
  const out: Record<string, unknown> = { ...fields };
  for (const id of contractIds) delete out[id];
  for (const id of contractIds) {
    const value = fields[id];
    if (value !== undefined) out[ids[meanings[id]]] = id === 'customfield_10102' ? { value } : value;
  }
  return out;
}

/** Fields as the connector answers them; empty ones are left out. */
export function fromSite(fields: Readonly<Record<string, unknown>>, ids: FieldIds): Record<string, unknown> {
  const out = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null));
  const values = contractIds.map((id) => [id, fields[ids[meanings[id]]]] as const);
  for (const id of contractIds) delete out[id];
  for (const [id, value] of values) {
    if (value === null || value === undefined) continue;
    out[id] = typeof value === 'object' && 'value' in value ? value.value : value;
  }
  return out;
}
