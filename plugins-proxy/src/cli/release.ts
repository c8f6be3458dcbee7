import { randomUUID } from 'node:crypto';
import { IntegrationStatus, OperationType, SourceSystem, tables } from '@crmjira/domain';
import { Option } from 'commander';
import { type HeldMapping, readHeld } from '../capabilities/budget/held/held-projects';
import { reconcileOpportunity } from '../capabilities/budget/reconcile/reconcile-opportunity';
import { type AddCommand, recordId, type Outcome } from './command';
import { exitCodes } from './exit-codes';
import { forEachOpportunity } from './for-each-opportunity';
import { type Session, withSession } from './session';
import type { Terminal } from './terminal';
import { workersNow } from './workers-now';

interface ReleaseOptions {
  readonly opportunity?: string;
  readonly all: boolean;
}

/** The release and its record: both or neither. The record's duration counts from `began` on, when the command began. */
async function release(session: Session, held: HeldMapping, began: Date, now: () => Date): Promise<void> {
  await session.dataverse.changeSet([
    {
      op: 'update',
      collection: tables.crmjira_budget_mapping.entitySet,
      id: held.mappingId,
      columns: { crmjira_released_on: began.toISOString(), crmjira_last_error: null, crmjira_last_error_code: null },
    },
    {
      op: 'create',
      collection: tables.crmjira_integration_log.entitySet,
      id: randomUUID(),
      columns: {
        crmjira_operation_type: OperationType.Create,
        crmjira_source_system: SourceSystem.Dynamics365,
        crmjira_source_record_id: held.opportunityId,
        crmjira_integration_status: IntegrationStatus.Pending,
        crmjira_event_type: 'provisioning_released',
        crmjira_correlation_id: session.correlationId,
        crmjira_duration_ms: Math.max(0, now().getTime() - began.getTime()),
        crmjira_error_message: 'An administrator released the project.',
        'crmjira_budget_mapping_id@odata.bind': `/${tables.crmjira_budget_mapping.entitySet}(${held.mappingId})`,
      },
    },
  ]);
  await reconcileOpportunity(session.reconciler, {
    id: held.opportunityId,
    correlationId: session.correlationId,
    logger: session.logger,
  });
}

async function releaseHeld(session: Session, terminal: Terminal, options: ReleaseOptions): Promise<Outcome> {
  const began = terminal.now();
  const held = await readHeld(session.dataverse, session.jira.ids());
  const list = held.map(
    (one) => `${one.opportunityId}  ${one.reference}  held since ${one.heldOn}  ${one.opportunityName}`,
  );
  if (!options.all && options.opportunity === undefined)
    return {
      exitCode: held.length > 0 ? exitCodes.differences : exitCodes.done,
      json: { held },
      lines: [...list, `${held.length} held back; release with --opportunity <id> or --all`],
    };
  const wanted = held.filter((one) => options.all || one.opportunityId === options.opportunity);
  const byId = new Map(wanted.map((one) => [one.opportunityId, one]));
  const done = await forEachOpportunity(terminal, [...byId.keys()], await workersNow(session), async (id) => {
    const one = byId.get(id);
    if (one !== undefined) await release(session, one, began, terminal.now);
    return id;
  });
  const failed = done.filter(({ error }) => error !== null);
  return {
    exitCode: failed.length > 0 || (wanted.length === 0 && !options.all) ? exitCodes.failed : exitCodes.done,
    json: { released: done },
    lines: [
      ...failed.map((each) => `${each.opportunityId}  failed: ${each.error?.message ?? ''}`),
      wanted.length === 0
        ? options.all
          ? 'No project is held back.'
          : 'No such project is held back.'
        : `${done.length - failed.length} released, ${failed.length} failed`,
    ],
  };
}

/** `crmjira release`: projects that were held back, as too many were to be created within an hour (R-2305). */
export const addRelease: AddCommand = (program, run) => {
  const command = program
    .command('release')
    .summary('list projects that were held back, and create them')
    .description(
      'More projects than crmjira_ProvisioningLimitPerHour within an hour wait for an administrator. Without an option they are listed; with one they are created.',
    )
    .addOption(new Option('--opportunity <id>', 'release this one (GUID)').argParser(recordId).conflicts('all'))
    .option('--all', 'release all', false);
  run<ReleaseOptions>(command, (terminal, options) =>
    withSession(terminal, (session) => releaseHeld(session, terminal, options)),
  );
};
