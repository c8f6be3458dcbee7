import {
  CommandState,
  CommandType,
  integrationText,
  type Language,
  refusalText,
  type RunAnswer,
  type RunPayload,
  sayFault,
  SyncStatus,
  SyncTrigger,
  tables,
} from '@crmjira/domain';
import { z } from 'zod';
import {
  choice,
  guid,
  optionalFlag,
  optionalGuid,
  optionalInstant,
  optionalText,
} from '../../../clients/dataverse/columns';
import { equalsId, quoted } from '../../../clients/dataverse/filter';
import type { EnvironmentSettings } from '../../../connections/environment/environment-settings';
import { settingsHash } from '../../../connections/providers/saved-integration';
import {
  type AnswerLater,
  type CommandAnswer,
  type CommandHandler,
  type GivenCommand,
  progressColumns,
} from '../../../reconciler/commands';
import { actionOf, audit } from '../audit';
import { integrationCommand, type IntegrationCommandParts, Refused, savedIntegration } from '../integration-command';
import { type RunParts, runOnce } from '../runs/run-once';

export type RunCommandParts = IntegrationCommandParts &
  RunParts & { readonly environmentSettings: Pick<EnvironmentSettings, 'settings'> };

/** Somebody waits while another run is under way: when it is looked at again, in milliseconds. */
const againInMs = 3_000;
/** How often whoever waits is shown how far it is, in milliseconds. */
const showEveryMs = 1_000;
/** A dry run is confirmed within this, in milliseconds: afterwards it shows what is no more. */
const confirmedWithinMs = 24 * 60 * 60_000;

interface Asked {
  readonly command: GivenCommand;
  /** Of the integration. */
  readonly id: string;
  readonly language: Language;
  readonly type: typeof CommandType.Run | typeof CommandType.ConfirmRun;
  readonly mode: RunPayload['mode'];
  readonly confirmed: unknown;
}

/** Runs an integration for whoever waits, as far as exactly what is saved has passed its test. */
async function run(parts: RunCommandParts, asked: Asked): Promise<CommandAnswer | AnswerLater> {
  const { dataverse, environmentSettings, runners, now } = parts;
  const { command, id, language, type, mode, confirmed } = asked;
  const saved = await savedIntegration(parts, id, true);
  const { name, provider, settings, secretName, testedHash, isActive } = saved;
  const runner = runners.find(({ code }) => code === provider.code);
  if (runner === undefined) throw new Refused('nothing-to-run', name);
  if (runner.needs !== undefined && !(await environmentSettings.settings()).capabilities.has(runner.needs))
    throw new Refused({ state: CommandState.Refused, result: refusalText('switched-on', language) }, name);
  const hash = settingsHash(provider.code, settings, secretName);
  // The first connection is described by variables, and Jira rows of earlier versions have no hash.
  const mayRun =
    provider.code === 'jira' ? isActive : testedHash === hash && (isActive || mode === 'dry-run' || confirmed !== null);
  if (!mayRun) throw new Refused('not-tested', name);
  let shownAt = 0;
  const show = async (done: number, total: number | null): Promise<void> => {
    const at = now().getTime();
    if (Math.abs(at - shownAt) < showEveryMs) return;
    shownAt = at;
    const columns = { ...progressColumns({ runs: true }), crmjira_done_count: done, crmjira_total_count: total };
    const collection = tables.crmjira_command.entitySet;
    await dataverse.changeSet([{ op: 'update', collection, id: command.id, columns }]);
  };
  await show(0, null);
  const ended = await runOnce(parts, runner, {
    saved,
    mode,
    confirmed,
    trigger: SyncTrigger.Manual,
    actorId: command.requestedById,
    correlationId: command.correlationId,
    progress: show,
  });
  if (ended === null) return { againInMs };
  await audit(parts, { command, action: actionOf[type], name, before: hash, after: hash });
  const { counts, preview, fault } = ended;
  const answer: RunAnswer = { run: ended.run, ...counts, preview };
  if (fault !== null) {
    const { says, remedy } = sayFault(fault, language);
    return { state: CommandState.Failed, result: `${says} ${remedy}`, answer };
  }
  return { state: CommandState.Done, result: integrationText('ran', language, name), answer };
}

const runPayload = z.strictObject({ mode: z.enum(['changes', 'everything', 'dry-run']) });

/** Answers the command "Run" (R-1611). */
export const runCommand = (parts: RunCommandParts): CommandHandler =>
  integrationCommand(parts, CommandType.Run, runPayload, ({ command, id, payload: { mode }, language }) =>
    run(parts, { command, id, language, type: CommandType.Run, mode, confirmed: null }),
  );

const dryRunRow = z.object({
  _crmjira_integration_id_value: optionalGuid,
  crmjira_is_dry_run: optionalFlag,
  crmjira_status: choice(SyncStatus),
  crmjira_finished_on: optionalInstant,
});
const answerRow = z.object({ crmjira_answer: optionalText, _modifiedby_value: guid });
const previewOf = z.object({ run: guid, preview: z.unknown() });

/** What a dry run has shown, from the answer that the service itself has written; null: it is not to be had any more. */
async function shownBy(parts: RunCommandParts, integrationId: string, runId: string, since: Date): Promise<unknown> {
  const { dataverse, environmentSettings } = parts;
  const { userId } = await environmentSettings.whoAmI();
  const rows = await dataverse.many(
    tables.crmjira_command.entitySet,
    {
      select: Object.keys(answerRow.shape),
      filter: [
        `crmjira_command_type eq ${CommandType.Run}`,
        `crmjira_command_state eq ${CommandState.Done}`,
        `crmjira_regarding_id eq ${quoted(integrationId)}`,
        `createdon ge ${since.toISOString()}`,
      ].join(' and '),
      orderBy: ['createdon desc'],
    },
    answerRow,
  );
  for (const row of rows) {
    // Whoever may write commands may have put an answer there.
    if (row._modifiedby_value !== userId.toLowerCase()) continue;
    const { data } = previewOf.safeParse(JSON.parse(row.crmjira_answer ?? 'null'));
    if (data?.run === runId) return data.preview;
  }
  return null;
}

/** Answers the command "Confirm run", which regards the row of a dry run: what that has shown is done. */
export const confirmRunCommand = (parts: RunCommandParts): CommandHandler =>
  integrationCommand(
    parts,
    CommandType.ConfirmRun,
    z.unknown(),
    async ({ command, id, language }) => {
      const { entitySet, primaryId } = tables.crmjira_sync_log;
      const [row] = await parts.dataverse.many(
        entitySet,
        { select: Object.keys(dryRunRow.shape), filter: equalsId(primaryId, id) },
        dryRunRow,
      );
      const integrationId = row?._crmjira_integration_id_value ?? null;
      const at = row?.crmjira_finished_on ?? null;
      const since = new Date(parts.now().getTime() - confirmedWithinMs);
      const isFit = row?.crmjira_is_dry_run === true && at !== null && new Date(at) >= since;
      const confirmed = isFit && integrationId !== null ? await shownBy(parts, integrationId, id, since) : null;
      if (confirmed === null || integrationId === null) throw new Refused('no-dry-run');
      return run(parts, {
        command,
        id: integrationId,
        language,
        type: CommandType.ConfirmRun,
        mode: 'changes',
        confirmed,
      });
    },
    { table: 'crmjira_sync_log' },
  );
