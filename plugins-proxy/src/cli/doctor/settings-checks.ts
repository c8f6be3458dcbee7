import { z } from 'zod';
import { optionalText } from '../../clients/dataverse/columns';
import { readEnvironmentVariables } from '../../connections/environment/read-environment-variables';
import { wantedSteps } from '../../operations/registration/register-all';
import { administratorClient } from '../../operations/registration/administrator-client';
import { endpointId, type Step, stepId } from '../../reconciler/triggers';
import type { Session } from '../session';
import { type Check, failed, ok, warning } from './check';

const stepRow = z.object({ name: optionalText, statecode: z.number().nullish() });
const endpointRow = z.object({ url: optionalText });
const queueRow = z.object({ name: optionalText, emailaddress: optionalText });
const registerRemedy = 'Run "crmjira register-steps"; its user must be a System Customizer or Administrator.';
const queueRemedy =
  'Set the environment variable crmjira_SenderQueue to the name, address or id of a queue with an approved mailbox.';

function variablesCheck({ config, dataverse, environmentSettings }: Session): Check {
  const remedy = 'Correct the value of the environment variable in the solution "CRM-JIRA Integration".';
  return {
    id: 'environment-variables',
    title: 'Environment variables are readable and valid',
    needs: ['who-am-i'],
    remedy,
    look: async () => {
      const variables = await readEnvironmentVariables(dataverse);
      if (variables.size === 0)
        return failed('none is there', 'Import the solution, and let the application user read environment variables.');
      const { policy, keyPattern } = await environmentSettings.settings();
      const unset = [
        ...(policy.administratorMailbox === null ? ['crmjira_AdministratorMailbox'] : []),
        ...(policy.financeControllerEmail === null ? ['crmjira_FinanceControllerEmail'] : []),
      ];
      if (config.jira.deployment !== 'cloud' && keyPattern.some((alphabet) => /\d/.test(alphabet)))
        return warning(
          'crmjira_ProjectKeyPattern has digits, which Jira Data Center refuses as it is installed',
          'Take letters alone, or allow digits in the project key pattern of Jira.',
        );
      return unset.length === 0
        ? ok(`${variables.size} variables`)
        : warning(`not set: ${unset.join(', ')}`, 'Set them, else nobody gets the mails that go there.');
    },
  };
}

function capabilitiesCheck({ environmentSettings }: Session): Check {
  return {
    id: 'capabilities',
    title: 'Capabilities that are switched on',
    needs: ['environment-variables'],
    remedy: 'Correct crmjira_Capabilities in the solution "CRM-JIRA Integration".',
    look: async () => {
      const on = [...(await environmentSettings.settings()).capabilities];
      return on.length === 0
        ? warning('none', 'Name at least one in crmjira_Capabilities: until then nothing is kept in agreement.')
        : ok(on.join(', '));
    },
  };
}

function queueCheck({ dataverse, environmentSettings }: Session): Check {
  return {
    id: 'sender-queue',
    title: 'Sender queue',
    needs: ['environment-variables'],
    remedy: queueRemedy,
    look: async () => {
      const { senderQueue } = await environmentSettings.settings();
      if (senderQueue === null) return failed('crmjira_SenderQueue is not set', queueRemedy);
      const id = await environmentSettings.senderQueueId();
      const row = id === null ? null : await dataverse.one('queues', id, Object.keys(queueRow.shape), queueRow);
      if (row === null) return failed(`there is no queue "${senderQueue}"`, queueRemedy);
      return row.emailaddress === null
        ? failed(`the queue ${row.name ?? senderQueue} has no e-mail address`, queueRemedy)
        : ok(`${row.name ?? senderQueue} <${row.emailaddress}>`);
    },
  };
}

function stepsCheck(session: Session): Check {
  return {
    id: 'steps',
    title: 'Webhook steps in Dataverse',
    needs: ['who-am-i', 'environment-variables'],
    remedy: registerRemedy,
    look: async () => {
      // Steps may be visible only to the user who registers them.
      const client = administratorClient(session.config, session.dataverse);
      const endpoints = await Promise.all(
        (['async', 'sync'] as const).map(async (endpoint) => ({
          wanted: `${session.config.publicUrl}/webhooks/dataverse/${endpoint}`,
          row: await client.one('serviceendpoints', endpointId(endpoint), ['url'], endpointRow),
        })),
      );
      const astray = endpoints.find(({ wanted, row }) => row?.url !== wanted);
      if (astray !== undefined)
        return failed(
          astray.row === null ? 'not registered' : `they call ${astray.row.url ?? 'nothing'}, not ${astray.wanted}`,
          registerRemedy,
        );
      const { steps, unwanted } = await wantedSteps(session.environmentSettings);
      const found = (all: readonly Step[]) =>
        Promise.all(
          all.map(async (step) => ({
            name: `${step.message} of ${step.table}`,
            row: await client.one('sdkmessageprocessingsteps', stepId(step), Object.keys(stepRow.shape), stepRow),
          })),
        );
      const registered = await found(steps);
      const missing = registered.filter(({ row }) => row === null).map(({ name }) => name);
      const off = registered.filter(({ row }) => row?.statecode === 1).map(({ name }) => name);
      if (missing.length > 0) return failed(`missing: ${missing.join(', ')}`, registerRemedy);
      if (off.length > 0) return failed(`switched off: ${off.join(', ')}`, 'Enable these steps in Dataverse.');
      const left = (await found(unwanted)).filter(({ row }) => row !== null).map(({ name }) => name);
      if (left.length > 0) return warning(`left of capabilities that are off: ${left.join(', ')}`, registerRemedy);
      return ok(`${registered.length} steps call ${session.config.publicUrl}`);
    },
  };
}

function addressCheck({ config }: Session): Check {
  return {
    id: 'public-address',
    title: 'Address of the service',
    remedy: 'Set PUBLIC_URL to the HTTPS address under which Dataverse and Jira reach the service.',
    // One without TLS to another machine has refused the configuration already (R-1214).
    look: async () => ok(config.publicUrl),
  };
}

/** What an administrator sets in Dynamics, and what was registered there. */
export const settingsChecks = (session: Session): readonly Check[] => [
  variablesCheck(session),
  capabilitiesCheck(session),
  queueCheck(session),
  addressCheck(session),
  stepsCheck(session),
];
