import {
  CommandState,
  CommandType,
  derivedId,
  fitText,
  Health,
  integrationText,
  type SaveAnswer,
  tables,
  type TestAnswer,
  wholeSecond,
} from '@crmjira/domain';
import { z } from 'zod';
import { guid } from '../../../clients/dataverse/columns';
import { equalsId } from '../../../clients/dataverse/filter';
import type { PlainWrite } from '../../../clients/dataverse/plain-write';
import { secretToStore } from '../../../connections/credentials/stored-secrets';
import type { IntegrationProvider } from '../../../connections/providers/integration-provider';
import { providerOf } from '../../../connections/providers/integration-providers';
import { readProviderIds, settingsHash } from '../../../connections/providers/saved-integration';
import type { CommandAnswer, CommandHandler } from '../../../reconciler/commands';
import { audit } from '../audit';
import { discardOthers } from '../discard-secrets';
import { type Entered, entered, mergedSecrets, openEntered, readSettings } from '../entered';
import {
  type AskedOfIntegration,
  integrationCommand,
  type IntegrationCommandParts,
  Refused,
  savedOrNew,
} from '../integration-command';
import { knownFields } from '../known-columns';
import { testIntegration } from '../test-integration';
import { hasChangedMeanwhile } from '../../../platform/errors/has-code';

const mappingTable = tables.crmjira_integration_mapping.entitySet;
const mappingId = z.object({ crmjira_integration_mappingid: guid });

/** The mappings as they were entered, in the place of those that there are: the same place in the list keeps its row. */
async function mappingWrites(
  { dataverse }: Pick<IntegrationCommandParts, 'dataverse'>,
  id: string,
  mappings: Entered['mappings'],
): Promise<readonly PlainWrite[]> {
  const rows = await dataverse.many(
    mappingTable,
    { select: Object.keys(mappingId.shape), filter: equalsId('_crmjira_integration_id_value', id) },
    mappingId,
  );
  const writes = mappings.map((mapping, sequence): PlainWrite => ({
    op: 'upsert',
    collection: mappingTable,
    id: derivedId(id, 'mapping', String(sequence)),
    columns: {
      crmjira_name: fitText(
        'crmjira_integration_mapping',
        'crmjira_name',
        `${mapping.sourceField} – ${mapping.targetField}`,
      ),
      crmjira_direction: mapping.direction,
      crmjira_source_table: mapping.sourceTable,
      crmjira_source_field: mapping.sourceField,
      crmjira_target_object: mapping.targetObject,
      crmjira_target_field: mapping.targetField,
      crmjira_transform: mapping.transform,
      crmjira_is_key: mapping.isKey,
      crmjira_sequence: sequence,
      'crmjira_integration_id@odata.bind': `/${tables.crmjira_integration.entitySet}(${id})`,
    },
  }));
  const kept = new Set(writes.map((write) => write.id));
  const gone = rows.filter((row) => !kept.has(row.crmjira_integration_mappingid));
  return [
    ...gone.map((row): PlainWrite => ({
      op: 'delete',
      collection: mappingTable,
      id: row.crmjira_integration_mappingid,
      columns: {},
    })),
    ...writes,
  ];
}

/** The row of the provider, made where the environment has none yet. */
async function providerRow(
  { dataverse }: Pick<IntegrationCommandParts, 'dataverse'>,
  { code, supportsWebhooks, settings, secrets }: IntegrationProvider,
): Promise<{ readonly id: string; readonly writes: readonly PlainWrite[] }> {
  const known = (await readProviderIds(dataverse)).get(code);
  if (known !== undefined) return { id: known, writes: [] };
  const id = derivedId('integration-provider', code);
  const schema = z.toJSONSchema(z.object({ settings, secrets }), { io: 'input', unrepresentable: 'any' });
  const columns = {
    crmjira_code: code.toUpperCase(),
    crmjira_name: code.toUpperCase(),
    crmjira_supports_webhooks: supportsWebhooks,
    crmjira_config_schema: JSON.stringify(schema),
  };
  return { id, writes: [{ op: 'upsert', collection: tables.crmjira_integration_provider.entitySet, id, columns }] };
}

async function save(parts: IntegrationCommandParts, asked: AskedOfIntegration<Entered>): Promise<CommandAnswer> {
  const { dataverse, keyring, jira, now } = parts;
  const { command, id, payload, language } = asked;
  const provider = providerOf(parts.providers, payload.provider);
  if (provider === undefined) throw new Refused('no-provider', payload.name);
  const saved = await savedOrNew(parts, id, provider.code);
  const { settings, problems } = readSettings(provider, payload, language, await knownFields(parts, payload));
  const notSaved = (more: Partial<SaveAnswer>): Refused => {
    const answer: SaveAnswer = { integration: id, isSaved: false, problems: [], test: null, ...more };
    const says = more.test?.says ?? answer.problems[0]?.says;
    const result = [integrationText('not-saved', language), says].filter((text) => text !== undefined).join(' ');
    return new Refused({ state: CommandState.Failed, result, answer }, payload.name);
  };
  if (problems.length > 0) throw notSaved({ problems });
  const fresh = await openEntered(parts, asked, payload);
  const { secrets, keepsStored } = await mergedSecrets(parts, saved, { provider, settings, fresh });
  if (!secrets.success) {
    const says = integrationText('invalid', language);
    throw notSaved({
      problems: secrets.error.issues.map(({ path }) => ({
        path: ['secrets', ...path].join('.'),
        code: 'invalid',
        says,
      })),
    });
  }
  let test: TestAnswer | null = null;
  if (saved?.isActive === true) {
    test = await testIntegration(provider, { id, settings, secrets: secrets.data }, language);
    if (!test.ok) throw notSaved({ test });
  }
  const text = fresh === null ? null : (provider.stored?.textOf ?? JSON.stringify)(secrets.data);
  // A secret that is entered anew gets a row of its own, so that the hash of what was tested tells it from the one before.
  const stored = text === null ? null : secretToStore(keyring.current(), id, `settings ${command.id}`, text);
  const secretName = stored?.name ?? (keepsStored ? (saved?.secretName ?? null) : null);
  const hash = settingsHash(provider.code, settings, secretName);
  const of = await providerRow(parts, provider);
  const columns = {
    ...provider.columns(settings),
    crmjira_name: payload.name,
    'crmjira_provider@odata.bind': `/${tables.crmjira_integration_provider.entitySet}(${of.id})`,
    ...(provider.stored === undefined ? { crmjira_config: JSON.stringify(settings) } : {}),
    crmjira_secret_name: secretName,
    crmjira_sync_interval_minutes: payload.everyMinutes,
    crmjira_batch_size: payload.batchSize,
    crmjira_tested_hash: test !== null || saved?.testedHash === hash ? hash : null,
    ...(test === null
      ? {}
      : {
          crmjira_last_test_on: wholeSecond(now().toISOString()),
          crmjira_last_test_ok: true,
          crmjira_health: Health.Healthy,
        }),
  };
  const collection = tables.crmjira_integration.entitySet;
  try {
    await dataverse.changeSet([
      ...of.writes,
      ...(stored === null ? [] : [stored.write]),
      saved === null
        ? { op: 'create', collection, id, columns: { ...columns, crmjira_is_active: false } }
        : { op: 'update', collection, id, columns, ifMatch: saved.version },
      ...(await mappingWrites(parts, id, payload.mappings)),
    ]);
  } catch (thrown) {
    if (!hasChangedMeanwhile(thrown)) throw thrown;
    throw new Refused('changed', payload.name);
  }
  await discardOthers(parts, id, secretName);
  const before = saved === null ? null : settingsHash(provider.code, saved.settings, saved.secretName);
  await audit(parts, {
    command,
    action: saved === null ? 'created' : 'changed',
    name: payload.name,
    before,
    after: hash,
  });
  if (saved?.isActive === true) await jira.refresh();
  const answer: SaveAnswer = { integration: id, isSaved: true, problems: [], test };
  return { state: CommandState.Done, result: integrationText('saved', language, payload.name), answer };
}

/** Answers the command "Save integration": what was entered is checked before any of it is stored (R-1614, R-1618, R-1621). */
export const saveIntegrationCommand = (parts: IntegrationCommandParts): CommandHandler =>
  integrationCommand(parts, CommandType.SaveIntegration, entered, (asked) => save(parts, asked));
