import { RowState, providerCodes } from '@crmjira/domain';
import { flagField, textField } from '@crmjira/form-data';
import type { Integration } from '../integrations/integration';
import { readIntegrations } from '../integrations/read-integrations';
import { readRows } from '../platform/read-rows';

/** A product that can be connected, and what of it is. */
export interface Provider {
  /** in lower case */
  readonly code: string;
  /** as its row has them; empty where there is no row yet */
  readonly name: string;
  readonly description: string;
  /** null: no row tells */
  readonly webhooks: boolean | null;
  readonly active: number;
  readonly inactive: number;
}

/** Those that pages make, also where no row tells of them yet, then the others. @throws what the client API throws */
export async function readProviders(): Promise<readonly Provider[]> {
  const [rows, integrations] = await Promise.all([
    readRows(
      'crmjira_integration_provider',
      '?$select=crmjira_code,crmjira_name,crmjira_description,crmjira_supports_webhooks' +
        `&$filter=statecode eq ${RowState.Active}&$orderby=crmjira_name`,
    ),
    readIntegrations(),
  ]);
  const known = new Map(
    rows.map((row) => [
      (textField(row, 'crmjira_code') ?? '').trim().toLowerCase(),
      {
        name: textField(row, 'crmjira_name') ?? '',
        description: textField(row, 'crmjira_description') ?? '',
        webhooks: flagField(row, 'crmjira_supports_webhooks'),
      },
    ]),
  );
  return [...new Set<string>([...providerCodes, ...known.keys()])].map((code) => ({
    ...{ code, name: '', description: '', webhooks: null },
    ...known.get(code),
    ...countOf(code, integrations),
  }));
}

function countOf(code: string, integrations: readonly Integration[]): Pick<Provider, 'active' | 'inactive'> {
  const own = integrations.filter(({ provider }) => provider === code);
  const active = own.filter(({ isActive }) => isActive).length;
  return { active, inactive: own.length - active };
}
