import { type CommandFacts, CommandType, linkCommand, linkTarget, type LinkTarget } from '@crmjira/domain';
import type { EnvironmentSettings } from '../../../connections/environment/environment-settings';
import type { JiraConnections } from '../../../connections/jira/jira-connections';
import type { CrmReading } from '../read/read-crm-facts';

/** What finding the site of a link command needs. */
export interface LinkTargetContext {
  readonly jira: Pick<JiraConnections, 'addresses' | 'refresh'>;
  readonly environmentSettings: Pick<EnvironmentSettings, 'connectionOrganizationId'>;
}

/** A site that is not known is looked for once more: its row may be new. */
async function targetOf(argument: string, jira: LinkTargetContext['jira']): Promise<LinkTarget | null> {
  const known = linkTarget(argument, jira.addresses());
  if (known !== null) return known;
  await jira.refresh();
  return linkTarget(argument, jira.addresses());
}

/**
 * Adds to the link commands which project they name. The one that is to be carried out decides about the connection, before that of the
 * mapping or of the rules.
 * @throws IntegrationError when Dataverse does not answer
 */
export async function withLinkTargets(
  { facts, connectionId, ...others }: CrmReading,
  { jira, environmentSettings }: LinkTargetContext,
): Promise<CrmReading> {
  const commands = await Promise.all(
    facts.commands.map(async (command): Promise<CommandFacts> =>
      command.type === CommandType.LinkProject && command.argument !== null
        ? { ...command, target: await targetOf(command.argument, jira) }
        : command,
    ),
  );
  const crm = { ...facts, commands };
  const named = linkCommand(crm)?.target?.connectionId ?? connectionId;
  if (named === connectionId) return { ...others, facts: crm, connectionId };
  const connectionOrganizationId = await environmentSettings.connectionOrganizationId(named);
  return { ...others, facts: { ...crm, connectionOrganizationId }, connectionId: named };
}
