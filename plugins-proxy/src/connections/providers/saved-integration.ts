import { createHash } from 'node:crypto';
import { placeOf, type ProviderCode, providerCodes, tables } from '@crmjira/domain';
import { z } from 'zod';
import {
  guid,
  optionalFlag,
  optionalGuid,
  optionalInstant,
  optionalNumber,
  optionalText,
} from '../../clients/dataverse/columns';
import type { DataverseReader } from '../../clients/dataverse/reader';
import type { ConnectionSecrets } from '../credentials/connection-secret';
import type { IntegrationProvider } from './integration-provider';
import { providerOf } from './integration-providers';

const { entitySet } = tables.crmjira_integration;

const row = z.object({
  '@odata.etag': z.string(),
  crmjira_integrationid: guid,
  crmjira_name: optionalText,
  _crmjira_provider_value: optionalGuid,
  crmjira_base_url: optionalText,
  crmjira_deployment: optionalNumber,
  crmjira_username: optionalText,
  crmjira_default_project_key: optionalText,
  crmjira_default_issue_type: optionalText,
  crmjira_issue_limit_per_project: optionalNumber,
  crmjira_config: optionalText,
  crmjira_secret_name: optionalText,
  crmjira_is_active: optionalFlag,
  crmjira_sync_interval_minutes: optionalNumber,
  crmjira_batch_size: optionalNumber,
  crmjira_brake_percent: optionalNumber,
  crmjira_tested_hash: optionalText,
  crmjira_last_sync_on: optionalInstant,
});
const select = Object.keys(row.shape).filter((column) => !column.startsWith('@'));
const providerRow = z.object({ crmjira_integration_providerid: guid, crmjira_code: optionalText });

/** A row of `crmjira_integration` whose provider this service has. */
export interface SavedIntegration {
  readonly id: string;
  readonly version: string;
  readonly name: string;
  readonly provider: IntegrationProvider;
  /** As the provider's schema reads them; null: they do not fit it. */
  readonly settings: unknown;
  readonly secretName: string | null;
  readonly isActive: boolean;
  readonly everyMinutes: number | null;
  readonly batchSize: number;
  readonly brakePercent: number | null;
  readonly testedHash: string | null;
  readonly lastSyncOn: string | null;
}

/** Records of a batch where the row says nothing. */
export const usualBatchSize = 100;

const parsed = (text: string | null): unknown => {
  try {
    return JSON.parse(text ?? '{}');
  } catch {
    // What is no document has no settings in it.
    return null;
  }
};

const isCode = (code: string): code is ProviderCode => providerCodes.some((one) => one === code);

/** Provider rows by code, in lower case. */
export async function readProviderIds(client: Pick<DataverseReader, 'many'>): Promise<ReadonlyMap<string, string>> {
  const { entitySet: collection } = tables.crmjira_integration_provider;
  const rows = await client.many(collection, { select: Object.keys(providerRow.shape) }, providerRow);
  return new Map(
    rows.map((one) => [(one.crmjira_code ?? '').trim().toLowerCase(), one.crmjira_integration_providerid]),
  );
}

function read(
  found: z.output<typeof row>,
  codes: ReadonlyMap<string, string>,
  providers: readonly IntegrationProvider[],
): SavedIntegration | 'other' {
  const code = [...codes].find(([, id]) => id === found._crmjira_provider_value)?.[0] ?? '';
  const provider = isCode(code) ? providerOf(providers, code) : undefined;
  if (provider === undefined) return 'other';
  const settings = provider.stored?.settingsOf(found) ?? parsed(found.crmjira_config);
  return {
    id: found.crmjira_integrationid,
    version: found['@odata.etag'],
    name: found.crmjira_name ?? found.crmjira_integrationid,
    provider,
    settings: provider.settings.safeParse(settings).data ?? null,
    secretName: found.crmjira_secret_name,
    isActive: found.crmjira_is_active === true,
    everyMinutes: found.crmjira_sync_interval_minutes,
    batchSize: found.crmjira_batch_size ?? usualBatchSize,
    brakePercent: found.crmjira_brake_percent,
    testedHash: found.crmjira_tested_hash,
    lastSyncOn: found.crmjira_last_sync_on,
  };
}

/** @returns null: there is no such row; `other`: it is of a product that is not connected by pages. */
export async function readSavedIntegration(
  client: DataverseReader,
  providers: readonly IntegrationProvider[],
  id: string,
): Promise<SavedIntegration | 'other' | null> {
  const [found, codes] = await Promise.all([client.one(entitySet, id, select, row), readProviderIds(client)]);
  return found === null ? null : read(found, codes, providers);
}

/** Those that are active, by name. */
export async function readActiveIntegrations(
  client: Pick<DataverseReader, 'many'>,
  providers: readonly IntegrationProvider[],
): Promise<readonly SavedIntegration[]> {
  const filter = 'statecode eq 0 and crmjira_is_active eq true';
  const [rows, codes] = await Promise.all([
    client.many(entitySet, { select, filter, orderBy: ['crmjira_name asc'] }, row),
    readProviderIds(client),
  ]);
  return rows.map((one) => read(one, codes, providers)).filter((one) => one !== 'other');
}

/** The secrets that are stored for an integration, before its provider's schema has read them; none: an empty object. @throws IntegrationError */
export async function storedSecrets(saved: SavedIntegration, secretOf: ConnectionSecrets): Promise<object> {
  const { id, provider, secretName } = saved;
  if (secretName === null) return {};
  const text = await secretOf(id, secretName);
  const secrets = provider.stored?.secretsOf(text) ?? parsed(text);
  return typeof secrets === 'object' && secrets !== null ? secrets : {};
}

/** Values by the names of their keys, so that the same settings have the same text. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([one], [another]) => (one < another ? -1 : 1))
      .map(([name, one]) => [name, sorted(one)]),
  );
}

/** Fingerprint of what a test has tested: settings, and which stored secret went with them. Nothing secret is in it. Pure. */
export const settingsHash = (code: ProviderCode, settings: unknown, secretName: string | null): string =>
  createHash('sha256')
    .update(JSON.stringify(sorted([code, settings, secretName])))
    .digest('hex');

/** Every address that stands in settings: secrets may go to each of them. */
function originsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') {
    const url = URL.parse(value);
    return url === null || url.host === '' ? [] : [`${url.protocol}//${url.host}`];
  }
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(originsIn) : [];
}

const settingsObject = z.record(z.string(), z.unknown()).catch({});

/**
 * Whether secrets that were entered for one set of settings may go where another one sends them: the same host and port, the same
 * protection, and no address that was not there. Pure.
 */
export function isSamePlace(code: ProviderCode, before: unknown, after: unknown): boolean {
  const [old, wanted] = [settingsObject.parse(before), settingsObject.parse(after)];
  const known = new Set(originsIn(old));
  return (
    placeOf(code, old) === placeOf(code, wanted) &&
    old.protection === wanted.protection &&
    originsIn(wanted).every((origin) => known.has(origin))
  );
}
