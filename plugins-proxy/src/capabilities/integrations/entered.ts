import {
  checkMappings,
  CommandState,
  Direction,
  type EnteredProblem,
  integrationText,
  type KnownFields,
  type Language,
  placeOf,
  type ProviderCode,
  providerCodes,
  type SealedRefusal,
  sealedRefusalText,
  tables,
} from '@crmjira/domain';
import { z } from 'zod';
import { instant, optionalText } from '../../clients/dataverse/columns';
import { unsealSecret } from '../../connections/credentials/unseal-secret';
import type { IntegrationProvider } from '../../connections/providers/integration-provider';
import { isSamePlace, type SavedIntegration, storedSecrets } from '../../connections/providers/saved-integration';
import { progressColumns } from '../../reconciler/commands';
import { type AskedOfIntegration, type IntegrationCommandParts, Refused } from './integration-command';

const name = z.string().max(200);
const mapping = z.strictObject({
  direction: z.enum(Direction),
  sourceTable: name,
  sourceField: name,
  targetObject: name,
  targetField: z.string().max(1000),
  transform: z.string().max(100).nullable(),
  isKey: z.boolean(),
});

/** `EnteredIntegration`, as far as it is the same for every provider. */
export const entered = z.strictObject({
  provider: z.enum(providerCodes),
  name: z.string().trim().min(1).max(100),
  settings: z.record(z.string().max(100), z.unknown()),
  everyMinutes: z.int().min(5).max(1440).nullable(),
  batchSize: z.int().min(1).max(500),
  mappings: mapping.array().max(200),
});
export type Entered = z.output<typeof entered>;

const productNames: Readonly<Record<ProviderCode, string>> = {
  jira: 'Jira',
  ad: 'Active Directory',
  rest: 'REST',
  soap: 'SOAP',
  notification: 'Notifications',
};

/** What was entered, once the provider's schema has read it. */
export interface ReadSettings {
  readonly settings: unknown;
  readonly problems: readonly EnteredProblem[];
}

const codeOfIssue = z.object({ params: z.object({ code: z.string() }) });

/** What is wrong with what was entered, by place. Pure. */
export function readSettings(
  provider: IntegrationProvider,
  given: Entered,
  language: Language,
  known?: KnownFields,
): ReadSettings {
  const read = provider.settings.safeParse(given.settings);
  const ofSettings = (read.error?.issues ?? []).map((issue): EnteredProblem => ({
    path: ['settings', ...issue.path].join('.'),
    code: codeOfIssue.safeParse(issue).data?.params.code ?? 'invalid',
    says: integrationText('invalid', language),
  }));
  const problems = [...ofSettings, ...checkMappings(given.mappings, productNames[given.provider], language, known)];
  return { settings: read.data, problems };
}

const sealedRow = z.object({ crmjira_sealed: optionalText, createdon: instant });
/** Secrets are texts by name; how many and how long is bounded before anything is done with them. */
const secretTexts = z.record(z.string().max(200), z.string().max(20_000));

/** @throws Refused secrets that came with a command cannot be taken */
export function refuseSealed(why: SealedRefusal, language: Language, called: string): never {
  throw new Refused({ state: CommandState.Refused, result: sealedRefusalText(why, language) }, called);
}

/**
 * Opens the secrets that came sealed with a command, once, for the place that the settings beside them name.
 * @returns null: none came
 * @throws Refused
 */
export async function openEntered(
  { dataverse, environmentSettings, store, keyring, now }: IntegrationCommandParts,
  { command, language }: Pick<AskedOfIntegration<unknown>, 'command' | 'language'>,
  { provider, name: called, settings }: Pick<Entered, 'provider' | 'name' | 'settings'>,
): Promise<object | null> {
  const collection = tables.crmjira_command.entitySet;
  // A run that was cut off has read it already: an empty column then is not a secret that is kept.
  if (command.progress !== null) return refuseSealed('used', language, called);
  const found = await dataverse.one(collection, command.id, Object.keys(sealedRow.shape), sealedRow);
  if (found === null || (found.crmjira_sealed ?? '') === '') return null;
  await dataverse.changeSet([
    { op: 'update', collection, id: command.id, columns: progressColumns({ secretsRead: true }) },
  ]);
  const { organizationId } = await environmentSettings.whoAmI();
  const opened = await unsealSecret(
    { dataverse, store, keyring, now },
    { sealed: found.crmjira_sealed, createdOn: new Date(found.createdon) },
    { organizationId, userId: command.requestedById, commandId: command.id, targetHost: placeOf(provider, settings) },
  );
  if ('refusal' in opened) return refuseSealed(opened.refusal, language, called);
  let parsed: unknown;
  try {
    parsed = JSON.parse(opened.secret);
  } catch {
    return refuseSealed('malformed', language, called);
  }
  const texts = secretTexts.safeParse(parsed);
  return texts.data ?? refuseSealed('malformed', language, called);
}

/** What is entered anew replaces what is stored; that is kept as long as it goes where it was entered for (R-1618). */
export async function mergedSecrets(
  { secretOf }: Pick<IntegrationCommandParts, 'secretOf'>,
  saved: SavedIntegration | null,
  {
    provider,
    settings,
    fresh,
  }: { readonly provider: IntegrationProvider; readonly settings: unknown; readonly fresh: object | null },
): Promise<{ readonly secrets: z.ZodSafeParseResult<unknown>; readonly keepsStored: boolean }> {
  const isKept = saved?.secretName != null && isSamePlace(provider.code, saved.settings, settings);
  const stored = isKept && saved !== null ? await storedSecrets(saved, secretOf) : {};
  return { secrets: provider.secrets.safeParse({ ...stored, ...fresh }), keepsStored: isKept && fresh === null };
}
