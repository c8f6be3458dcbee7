import { IntegrationError } from '../errors/integration-error';
import type { JiraSite } from './jira-site';
import { createMetadataCache } from './metadata-cache';
import { fieldAnswer } from './wire/answers';

/** Names of the four custom fields of the root issue (DATA-MODEL 7.1); ids differ per site. */
const fieldNames = {
  opportunityId: 'CRM Opportunity ID',
  accountId: 'Customer Account ID',
  budgetStatus: 'Budget Status',
  approvedAmount: 'Approved Budget Amount',
} as const;

export type FieldIds = Readonly<Record<keyof typeof fieldNames, string>> & {
  /** Data Center asks for it on every Epic. */
  readonly epicName: string | null;
};

/**
 * Finds the custom fields by name (R-108); configured ids win.
 * @throws IntegrationError naming the fields that the site lacks
 */
export async function resolveFields(site: JiraSite, configured: Readonly<Record<string, string>>): Promise<FieldIds> {
  const read = () => site.http.call({ method: 'GET', path: `${site.profile.api}/field`, schema: fieldAnswer.array() });
  const fields = await (site.metadata?.get('fields', read) ?? read());
  const idOf = (name: string): string | null => fields.find((field) => field.name === name)?.id ?? null;
  const missing: string[] = [];
  const resolve = (key: keyof typeof fieldNames): string => {
    const name = fieldNames[key];
    const id = configured[key] ?? configured[name] ?? idOf(name);
    if (id === null) missing.push(name);
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
    `Jira has no custom field named ${missing.map((name) => `"${name}"`).join(', ')}. Create it, or set its id in crmjira_FieldIds.`,
    { code: 'jira-fields-missing', errorClass: 'configuration' },
  );
}

/** Resolves by what is remembered of the site (R-909); a failure is not remembered. */
export function rememberFields(site: JiraSite): (configured: Readonly<Record<string, string>>) => Promise<FieldIds> {
  const remembering: JiraSite = { ...site, metadata: site.metadata ?? createMetadataCache(Date.now) };
  return (configured) => resolveFields(remembering, configured);
}
