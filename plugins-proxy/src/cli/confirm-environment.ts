import { randomUUID } from 'node:crypto';
import { environmentVerdict, IntegrationStatus, OperationType, SourceSystem, tables } from '@crmjira/domain';
import { Option } from 'commander';
import { readConnectionOrganization } from '../connections/environment/read-connection';
import { lookAtOwners } from '../connections/claim/foreign-project';
import { IntegrationError } from '../platform/errors/integration-error';
import { type AddCommand, recordId as guid, type Outcome } from './command';
import { exitCodes } from './exit-codes';
import { type Session, withSession } from './session';
import type { Terminal } from './terminal';

interface ConfirmOptions {
  readonly organization?: string;
}

/** Names the environment in the connection row, and the change in the log: both or neither. `tookMs` since the command began. */
async function confirm(session: Session, from: string | null, to: string, tookMs: number): Promise<void> {
  const { id: connectionId } = session.connection;
  await session.dataverse.changeSet([
    {
      op: 'update',
      collection: tables.crmjira_integration.entitySet,
      id: connectionId,
      columns: { crmjira_organization_id: to },
    },
    {
      op: 'create',
      collection: tables.crmjira_integration_log.entitySet,
      id: randomUUID(),
      columns: {
        crmjira_operation_type: OperationType.Update,
        crmjira_source_system: SourceSystem.Dynamics365,
        crmjira_source_record_id: connectionId,
        crmjira_integration_status: IntegrationStatus.Success,
        crmjira_event_type: 'environment_confirmed',
        crmjira_correlation_id: session.correlationId,
        crmjira_duration_ms: tookMs,
        crmjira_error_message: `An administrator confirmed that organization ${to} writes to Jira over this connection, instead of ${from ?? 'none'}.`,
      },
    },
  ]);
}

async function confirmEnvironment(
  session: Session,
  terminal: Terminal,
  { organization }: ConfirmOptions,
): Promise<Outcome> {
  const began = terminal.now().getTime();
  const { dataverse, connection } = session;
  const { id: connectionId, site } = connection;
  const { organizationId: to } = await dataverse.whoAmI();
  const from = await readConnectionOrganization(dataverse, connectionId);
  const { foreign } = await lookAtOwners({ dataverse, site, connectionId }, to);
  const json = { connection: from, environment: to, projects: foreign?.organization ?? null };
  if (environmentVerdict(from, to) === 'ours')
    return {
      exitCode: exitCodes.done,
      json: { ...json, confirmed: true },
      lines: [`The connection writes to Jira for this organization, ${to}: nothing to confirm.`],
    };
  if (organization === undefined && from === null && foreign === null)
    return {
      exitCode: exitCodes.done,
      json: { ...json, confirmed: false },
      lines: [
        `This is organization ${to}; the connection writes to Jira for none yet. The service claims it at its start: nothing to confirm.`,
      ],
    };
  if (organization === undefined)
    return {
      exitCode: exitCodes.differences,
      json: { ...json, confirmed: false },
      lines: [
        `This is organization ${to}; the connection writes to Jira for ${from ?? foreign?.organization ?? 'another one'}.`,
        'Is the other one switched off, or does this one have a Jira of its own? Then confirm with:',
        `  crmjira confirm-environment --organization ${to}`,
      ],
    };
  if (organization !== to)
    throw new IntegrationError(`This is organization ${to}, not ${organization}. Nothing was confirmed.`, {
      code: 'wrong-organization',
      errorClass: 'permanent',
    });
  await confirm(session, from, to, Math.max(0, terminal.now().getTime() - began));
  return {
    exitCode: exitCodes.done,
    json: { ...json, confirmed: true },
    lines: [
      `Confirmed: organization ${to} writes to Jira over this connection.`,
      'The service takes it up within a minute; "crmjira sync --all" brings everything into agreement at once.',
    ],
  };
}

/** `crmjira confirm-environment`: an administrator says that this environment may write to Jira (R-2302). */
export const addConfirmEnvironment: AddCommand = (program, run) => {
  const command = program
    .command('confirm-environment')
    .summary('let a copied or moved environment write to Jira')
    .description(
      'A copied environment writes nothing to Jira until this is done. Without --organization it only says which organization the connection writes for and which one this is.',
    )
    .addOption(new Option('--organization <id>', 'organization (GUID) that this is, as confirmation').argParser(guid));
  run<ConfirmOptions>(command, (terminal, options) =>
    withSession(terminal, (session) => confirmEnvironment(session, terminal, options)),
  );
};
