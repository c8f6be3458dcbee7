import { z } from 'zod';
import type { DataverseClient } from '../../clients/dataverse/dataverse-client';
import type { PlainWrite } from '../../clients/dataverse/plain-write';
import { equalsId, quoted } from '../../clients/dataverse/filter';
import { guid } from '../../clients/dataverse/columns';
import { IntegrationError } from '../../platform/errors/integration-error';
import { stepKeyHeader } from '../../inbound/webhooks/dataverse-webhooks';
import { endpointId, type Step, stepId } from '../../reconciler/triggers';

/** Values of the platform's own choices on service endpoints and steps. */
const webhookContract = 8;
const httpHeaderAuth = 5;
const stageOf = { async: 40, sync: 10 } as const;
const modeOf = { async: 1, sync: 0 } as const;

export interface RegisterStepsOptions {
  readonly dataverse: DataverseClient;
  readonly publicUrl: string;
  readonly stepKey: string;
  readonly steps: readonly Step[];
  /** What an earlier registration may have left of capabilities that are off now. */
  readonly unwanted: readonly Step[];
}

const stepCollection = 'sdkmessageprocessingsteps';

const messageRow = z.object({ sdkmessageid: guid });
const filterRow = z.object({ sdkmessagefilterid: guid });

function xml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

function endpointWrite(endpoint: Step['endpoint'], options: RegisterStepsOptions): PlainWrite {
  return {
    op: 'upsert',
    collection: 'serviceendpoints',
    id: endpointId(endpoint),
    columns: {
      name: `CRM-JIRA ${endpoint}`,
      description: 'CRM-JIRA Integration: made by "crmjira register-steps".',
      contract: webhookContract,
      url: `${options.publicUrl}/webhooks/dataverse/${endpoint}`,
      authtype: httpHeaderAuth,
      authvalue: `<settings><setting name="${stepKeyHeader}" value="${xml(options.stepKey)}" /></settings>`,
      // Required by the table, unused by webhooks.
      connectionmode: 1,
      messageformat: 2,
      userclaim: 1,
    },
  };
}

function missing(what: string): never {
  throw new IntegrationError(`Dataverse knows no ${what}; is the solution imported?`, {
    code: 'step-target-missing',
    errorClass: 'configuration',
  });
}

/** null: of a table that this environment need not have, and does not. */
async function stepWrite(client: DataverseClient, step: Step): Promise<PlainWrite | null> {
  const messages = await client.many(
    'sdkmessages',
    { select: ['sdkmessageid'], filter: `name eq ${quoted(step.message)}`, top: 1 },
    messageRow,
  );
  const message = messages[0]?.sdkmessageid ?? missing(`message ${step.message}`);
  const filters = await client.many(
    'sdkmessagefilters',
    {
      select: ['sdkmessagefilterid'],
      filter: `primaryobjecttypecode eq ${quoted(step.table)} and ${equalsId('_sdkmessageid_value', message)}`,
      top: 1,
    },
    filterRow,
  );
  if (filters.length === 0 && step.isOptional === true) return null;
  const filter = filters[0]?.sdkmessagefilterid ?? missing(`message ${step.message} on ${step.table}`);
  return {
    op: 'upsert',
    collection: stepCollection,
    id: stepId(step),
    columns: {
      name: `CRM-JIRA: ${step.message} of ${step.table}`,
      description: 'CRM-JIRA Integration: made by "crmjira register-steps".',
      'sdkmessageid@odata.bind': `/sdkmessages(${message})`,
      'sdkmessagefilterid@odata.bind': `/sdkmessagefilters(${filter})`,
      'eventhandler_serviceendpoint@odata.bind': `/serviceendpoints(${endpointId(step.endpoint)})`,
      stage: stageOf[step.endpoint],
      mode: modeOf[step.endpoint],
      rank: 1,
      supporteddeployment: 0,
      asyncautodelete: step.endpoint === 'async',
      ...(step.columns === undefined ? {} : { filteringattributes: step.columns.join(',') }),
    },
  };
}

/**
 * Creates or updates the service endpoints and steps in Dataverse, all under fixed ids (ADR-13), and removes what is unwanted. The application user
 * needs to be a System Customizer or Administrator for this.
 * @returns names of the steps
 */
export async function registerSteps(options: RegisterStepsOptions): Promise<readonly string[]> {
  const { dataverse } = options;
  const endpoints = (['async', 'sync'] as const).map((endpoint) => endpointWrite(endpoint, options));
  const writes = (await Promise.all(options.steps.map((step) => stepWrite(dataverse, step)))).filter(
    (write) => write !== null,
  );
  // Endpoints first: a step refers to its endpoint.
  await dataverse.changeSet(endpoints);
  await dataverse.changeSet(writes);
  for (const step of options.unwanted) await dataverse.remove(stepCollection, stepId(step));
  return writes.map((write) => String(write.columns['name']));
}
