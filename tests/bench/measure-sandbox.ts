import { request } from 'undici';
import { z } from 'zod';
import { ProvisioningState } from '@crmjira/domain';
import { createDataverseClient } from '../../plugins-proxy/src/clients/dataverse/dataverse-client';
import { jiraRest } from '../end-to-end/jira-rest';
import { TOOLS, type WebApi, bearerOf, signIn } from '../end-to-end/people';
import { putExampleIntoExecution } from '../end-to-end/project-in-execution';
import { untilQuiet } from '../end-to-end/quiet';
import { type SandboxUnderTest, startSandbox } from '../end-to-end/sandbox-under-test';
import { EXAMPLE_OPPORTUNITY_ID } from '../../sandbox/src/seed/scenarios';
import { type BenchRow, milliseconds, percentile, rounded } from './bench-row';

const WORKLOGS = 30;
const OPPORTUNITIES = 10;
const READS = 300;
/** milliseconds from an event to the figures in Dataverse */
const FIGURES_WITHIN = 30_000;
/** milliseconds from the trigger to a linked project */
const LINKED_WITHIN = 120_000;
/** milliseconds between two looks: what the measured times may be too long by */
const LOOK_EVERY = 5;
/** Account "Acme Corp" of the example company. */
const ACME = '12345678-90ab-cdef-1234-567890abcdef';

/** Repeats a look until it is true. @returns milliseconds since `began` */
async function until(began: number, within: number, look: () => Promise<boolean>): Promise<number> {
  while (!(await look())) {
    if (performance.now() - began > within) throw new Error(`Not seen within the specified ${within / 1_000} s.`);
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY));
  }
  return performance.now() - began;
}

const mappingOf = async (tools: WebApi, opportunityId: string) => {
  const [row] = await tools.rows(
    `crmjira_budget_mappings?$select=crmjira_spent_amount,crmjira_provisioning_state&$filter=_crmjira_opportunity_id_value eq ${opportunityId}`,
  );
  return row ?? {};
};

/** From Jira's 201 for a worklog until the mapping in Dataverse has its cost. */
async function worklogs(sandbox: SandboxUnderTest, tools: WebApi): Promise<BenchRow> {
  const jira = jiraRest(sandbox.endpoints);
  const { issueKey } = await putExampleIntoExecution(sandbox);
  const times: number[] = [];
  for (let hours = 1; hours <= WORKLOGS; hours += 1) {
    await untilQuiet(sandbox);
    await jira.logWork(issueKey, 1, 125, 'CAD');
    times.push(
      await until(
        performance.now(),
        FIGURES_WITHIN,
        async () => (await mappingOf(tools, EXAMPLE_OPPORTUNITY_ID))['crmjira_spent_amount'] === hours * 125,
      ),
    );
  }
  return against(
    `worklog in Jira → row in Dataverse, p95 of ${WORKLOGS}`,
    times,
    'the specified 30 s (R-514)',
    FIGURES_WITHIN,
  );
}

/** From Dataverse's answer to the creation of an opportunity until its project is linked. */
async function provisioning(sandbox: SandboxUnderTest, tools: WebApi): Promise<BenchRow> {
  const times: number[] = [];
  for (let number = 1; number <= OPPORTUNITIES; number += 1) {
    await untilQuiet(sandbox);
    const id = await tools.create('opportunities', {
      name: `Measured project ${number}`,
      budgetamount: 50_000,
      'customerid_account@odata.bind': `/accounts(${ACME})`,
    });
    times.push(
      await until(
        performance.now(),
        LINKED_WITHIN,
        async () => (await mappingOf(tools, id))['crmjira_provisioning_state'] === ProvisioningState.Linked,
      ),
    );
  }
  return against(
    `new opportunity → linked Jira project, p95 of ${OPPORTUNITIES}`,
    times,
    'the specified 120 s (R-416)',
    LINKED_WITHIN,
  );
}

function against(what: string, times: readonly number[], reference: string, limit: number): BenchRow {
  const measured = percentile(times, 0.95);
  return {
    what,
    measured: `${milliseconds(measured)}, p50 ${milliseconds(percentile(times, 0.5))}`,
    reference,
    referenceMeasured: milliseconds(limit),
    ratio: rounded(measured / limit),
    aim: '≤ 0.1',
  };
}

const name = z.object({ name: z.string() });

/** One row read by the proxy's client and by a plain HTTP client in turn, so that both meet the same machine. */
async function directCall({ endpoints }: SandboxUnderTest): Promise<BenchRow> {
  const token = await bearerOf(endpoints, TOOLS);
  const client = createDataverseClient({
    url: endpoints.dataverse.url,
    timeoutMs: 10_000,
    tokens: { token: () => Promise.resolve(token), drop: () => undefined },
  });
  const address = `${endpoints.dataverse.url}/api/data/v9.2/opportunities(${EXAMPLE_OPPORTUNITY_ID})?$select=name`;
  const ways = {
    client: () => client.one('opportunities', EXAMPLE_OPPORTUNITY_ID, ['name'], name),
    plain: async () => {
      const answer = await request(address, {
        headers: { authorization: `Bearer ${token}`, accept: 'application/json' },
      });
      name.parse(await answer.body.json());
    },
  };
  const times: Record<keyof typeof ways, number[]> = { client: [], plain: [] };
  for (let read = 0; read < READS; read += 1)
    for (const way of ['client', 'plain'] as const) {
      const began = performance.now();
      await ways[way]();
      times[way].push(performance.now() - began);
    }
  const measured = percentile(times.client, 0.5);
  const reference = percentile(times.plain, 0.5);
  return {
    what: `direct Dataverse call: one row by the proxy's client, p50 of ${READS}`,
    measured: milliseconds(measured),
    reference: 'the same GET by undici',
    referenceMeasured: milliseconds(reference),
    ratio: rounded(measured / reference),
    aim: '≤ 2',
  };
}

/** The whole sandbox in a process of its own ports and folder, the proxy as its built bundle. */
export async function measureSandbox(): Promise<BenchRow[]> {
  const sandbox = await startSandbox();
  try {
    const tools = await signIn(sandbox.endpoints, TOOLS);
    await untilQuiet(sandbox);
    return [await worklogs(sandbox, tools), await provisioning(sandbox, tools), await directCall(sandbox)];
  } finally {
    await sandbox.close();
  }
}
