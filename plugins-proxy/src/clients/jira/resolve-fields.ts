import { IntegrationError } from '../../platform/errors/integration-error';
import type { JiraSite } from './jira-site';
import { createMetadataCache } from './metadata-cache';
import { fieldAnswer } from './wire/answers';

/** Names of the four custom fields of the root issue (D-7.1); ids differ per site. */
export const fieldNames = {
  opportunityId: 'CRM Opportunity ID',
  accountId: 'Customer Account ID',
  budgetStatus: 'Budget Status',
  approvedAmount: 'Approved Budget Amount',
} as const;

type FieldKey = keyof typeof fieldNames;

/** What crmjira_FieldIds is shipped with (D-7.1): on another site the same ids are fields of somebody else. */
const shippedIds: Readonly<Record<FieldKey, string>> = {
  opportunityId: 'customfield_10100',
  accountId: 'customfield_10101',
  budgetStatus: 'customfield_10102',
  approvedAmount: 'customfield_10103',
};

/**
 * The id of one of our fields on a site: the one that an administrator has chosen, else the one of our name, the shipped id first where
 * several have it. Null when the site has none. Pure.
 */
export function fieldIdOf(
  fields: readonly { readonly id: string; readonly name: string }[],
  configured: Readonly<Record<string, string>>,
  key: FieldKey,
): string | null {
  const name = fieldNames[key];
  const wanted = configured[key] ?? configured[name];
  if (wanted !== undefined && wanted !== shippedIds[key]) return wanted;
  const named = fields.filter((field) => field.name === name);
  return (named.find(({ id }) => id === wanted) ?? named[0])?.id ?? null;
}

export type FieldIds = Readonly<Record<FieldKey, string>> & {
  /** Data Center asks for it on every Epic. */
  readonly epicName: string | null;
};

/**
 * Finds the custom fields (R-108), as `fieldIdOf` says.
 * @throws IntegrationError naming the fields that the site lacks
 */
export async function resolveFields(site: JiraSite, configured: Readonly<Record<string, string>>): Promise<FieldIds> {
  const read = () => site.http.call({ method: 'GET', path: `${site.profile.api}/field`, schema: fieldAnswer.array() });
  const fields = await (site.metadata?.get('fields', read) ?? read());
  const idOf = (name: string): string | null => fields.find((field) => field.name === name)?.id ?? null;
  const missing: string[] = [];
  const resolve = (key: FieldKey): string => {
    const id = fieldIdOf(fields, configured, key);
    if (id === null) missing.push(fieldNames[key]);
    return id ?? '';
  };
  const ids = {
    opportunityId: resolve('opportunityId'),
    accountId: resolve('accountId'),
    budgetStatus: resolve('budgetStatus'),
    approvedAmount: resolve('approvedAmount'),
    epicName: site.profile.deployment === 'dc' ? idOf('Epic Name') : null,
  };
  if (missing.length === 0) {
    site.metadata?.set('field-ids', ids);
    return ids;
  }
  // The administrator who creates them should not have to wait for what is remembered.
  site.metadata?.forget('fields');
  throw new IntegrationError(
    `Jira has no custom field named ${missing.map((name) => `"${name}"`).join(', ')}. Run "crmjira set-up", which makes it, or set its id in crmjira_FieldIds.`,
    { code: 'jira-fields-missing', errorClass: 'configuration' },
  );
}

/** Resolves by what is remembered of the site (R-909); a failure is not remembered. */
export function memoizeFields(site: JiraSite): (configured: Readonly<Record<string, string>>) => Promise<FieldIds> {
  const remembering: JiraSite = { ...site, metadata: site.metadata ?? createMetadataCache(Date.now) };
  return (configured) => resolveFields(remembering, configured);
}
