import { tables } from '@crmjira/domain';
import { z } from 'zod';
import { optionalText } from '../../clients/dataverse/columns';
import { readHeldRoles } from '../../connections/environment/read-people';
import { roleTemplates } from '../../clients/dataverse/role-templates';
import { classifyError } from '../../platform/errors/classify-error';
import type { Session } from '../session';
import { type Check, failed, ok, warning } from './check';
import { isOfRow } from './of-connection';
import { organizationCheck } from './organization-check';

/** Made for the service, with what it needs and no more (D-9, R-1217). */
const serviceRole = 'CRM-JIRA Integration Service';
/** Microsoft's roles that may do anything, or change the system itself. */
const mightyTemplates: ReadonlySet<string | null> = new Set(Object.values(roleTemplates));

/** Tables that every run reads. */
const readTables = [
  'opportunity',
  'crmjira_budget_mapping',
  'crmjira_budget_alert',
  'crmjira_budget_approval',
  'crmjira_budget_decision',
  'crmjira_budget_snapshot',
  'crmjira_command',
  'crmjira_final_report',
  'crmjira_opportunitytojiraproject',
  'transactioncurrency',
  'systemuser',
  'queue',
] as const;

/** Whoever asks is answered in the language of their settings. */
const userSettings = { name: 'usersettings', entitySet: 'usersettingscollection', primaryId: 'systemuserid' };

const connectionRow = z.object({ crmjira_name: optionalText, crmjira_base_url: optionalText });
const roleRemedy = `Give the application user of DATAVERSE_CLIENT_ID the role "${serviceRole}" and the column security profile of the service.`;

async function unreadable({ dataverse }: Session): Promise<readonly string[]> {
  const tried = await Promise.all(
    [...readTables.map((name) => ({ name, ...tables[name] })), userSettings].map(
      async ({ name, entitySet, primaryId }) => {
        try {
          await dataverse.many(entitySet, { select: [primaryId], top: 1 }, z.unknown());
          return [];
        } catch (error) {
          return [`${name} (${classifyError(error).message})`];
        }
      },
    ),
  );
  return tried.flat();
}

/** Sign-in, identity, rights and connection row. */
export function dataverseChecks(session: Session): readonly Check[] {
  const { config, connection, dataverse, tokens } = session;
  return [
    {
      id: 'token',
      title: 'Access token for Dataverse',
      remedy: 'Check DATAVERSE_TENANT_ID, DATAVERSE_CLIENT_ID, DATAVERSE_CLIENT_SECRET (expired?) and TOKEN_URL.',
      look: async () => {
        await tokens.token();
        return ok(`given to application ${config.dataverse.clientId}`);
      },
    },
    {
      id: 'who-am-i',
      title: 'Dataverse knows the application user',
      needs: ['token'],
      remedy: 'Check DATAVERSE_URL, and that the environment has an application user for DATAVERSE_CLIENT_ID.',
      look: async () => {
        const { userId, organizationId } = await dataverse.whoAmI();
        return ok(`user ${userId} in organization ${organizationId}`);
      },
    },
    {
      id: 'roles',
      title: 'Role of the application user',
      needs: ['who-am-i'],
      remedy: roleRemedy,
      look: async () => {
        const { userId } = await dataverse.whoAmI();
        const roles = await readHeldRoles(dataverse, userId);
        const namesOf = (some: typeof roles): readonly string[] => [...new Set(some.map(({ name }) => name))].sort();
        const held = namesOf(roles);
        const words = held.length === 0 ? 'no role at all' : held.join(', ');
        const tooMuch = namesOf(roles.filter(({ templateId }) => mightyTemplates.has(templateId)));
        if (tooMuch.length > 0)
          return warning(
            `${words}: more than the service needs`,
            `Give it "${serviceRole}", and take ${tooMuch.join(' and ')} away; registering steps has a user of its own (REGISTRATION_CLIENT_ID).`,
          );
        return held.includes(serviceRole) ? ok(words) : failed(words, roleRemedy);
      },
    },
    {
      id: 'privileges',
      title: 'Tables can be read',
      needs: ['who-am-i'],
      remedy: roleRemedy,
      look: async () => {
        const refused = await unreadable(session);
        return refused.length === 0 ? ok(`${readTables.length + 1} tables`) : failed(refused.join('; '), roleRemedy);
      },
    },
    {
      id: 'connection',
      title: 'Connection row',
      needs: ['who-am-i'],
      remedy: 'Create a row in Connection (crmjira_integration) and give its id as CONNECTION_ID.',
      look: async () => {
        const { entitySet } = tables.crmjira_integration;
        const row = await dataverse.one(entitySet, connection.id, Object.keys(connectionRow.shape), connectionRow);
        if (row === null)
          return failed(
            `there is no connection ${connection.id}`,
            'Create a row in Connection (crmjira_integration) and give its id as CONNECTION_ID.',
          );
        const address = row.crmjira_base_url?.replace(/\/+$/, '') ?? null;
        return isOfRow(session) || address === null || address === config.jira.url
          ? ok(row.crmjira_name ?? connection.id)
          : warning(
              `the row says ${address}, JIRA_URL says ${config.jira.url}`,
              'Make both name the same site; the service uses JIRA_URL.',
            );
      },
    },
    organizationCheck(session),
  ];
}
