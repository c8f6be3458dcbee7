import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { tables } from '@crmjira/domain';
import { createTokenSource } from '../../plugins-proxy/src/clients/dataverse/token-source';
import {
  type ApprovalAnswer,
  type ApprovalCard,
  approvalsConnector,
  conditionsHold,
  type Connector,
  type ConnectorAnswer,
  type Connectors,
  customConnector,
  dataverseConnector,
  type FinishedRun,
  type JsonObject,
  rowSubscription,
  runFlow,
} from '../../sandbox/src/flows';
import { eventually } from '../plugins-proxy/eventually';
import { gatewayConnection, openGateway } from '../plugins-proxy/flows-through-gateway';
import { startWorld, type World } from '../plugins-proxy/world';
import { subscribe } from './dataverse-subscription';
import { flowNamed, type FlowFile, REPOSITORY } from './flow-files';

const connectorFile = join(REPOSITORY, 'plugins-proxy/connector-definitions/gateway/apiDefinition.swagger.json');
/** Milliseconds that stand for any wait of a flow: its seconds would be the test's seconds. */
const SHORT_PAUSE = 250;

export interface FlowRun extends FinishedRun {
  readonly flow: string;
  readonly row: JsonObject | null;
}

export interface FlowOptions {
  /** Answers the approver's card; nobody does when left out. */
  readonly approver?: (card: ApprovalCard) => Promise<ApprovalAnswer>;
  readonly environment?: Readonly<Record<string, string | number>>;
  /** Answers a call of the custom connector or of Approvals in its place; undefined lets it through. */
  readonly fault?: (operationId: string, parameters: JsonObject) => ConnectorAnswer | undefined;
  /** Milliseconds that a wait of a flow really takes; a quarter of a second when left out. */
  readonly pause?: number;
}

/**
 * Sandbox, service and gateway, and flows that run on what Dataverse tells. The service takes nothing in but calls of the connector, and
 * looks for changes by itself once an hour: what happens, a flow has made happen.
 */
export async function startFlows(start: string, options: FlowOptions = {}) {
  const world: World = await startWorld(start, gatewayConnection);
  const { gateway } = await openGateway(world);
  // It listens on a TCP port.
  const { port } = gateway.app.server.address() as AddressInfo;
  const api = `${world.config.dataverse.url}/api/data/v9.2`;
  const dataverse = dataverseConnector({ api, tokens: createTokenSource(world.config.dataverse, 10_000) });
  const faulty =
    (connector: Connector): Connector =>
    async (operationId, parameters) =>
      options.fault?.(operationId, parameters) ?? connector(operationId, parameters);
  const jiraBudget = customConnector(
    JSON.parse(readFileSync(connectorFile, 'utf8')),
    `http://127.0.0.1:${port}/apim/crmjira/flows`,
  );
  const connectors: Connectors = {
    shared_commondataserviceforapps: dataverse,
    'shared_crmjira-5fjirabudget': faulty(jiraBudget),
    shared_approvals: faulty(
      approvalsConnector(
        options.approver ?? (() => Promise.reject(new Error('nobody answers approvals in this test'))),
      ),
    ),
  };
  const pauses: number[] = [];
  const runs: FlowRun[] = [];
  const turnedAway: { readonly flow: string; readonly rowId: string }[] = [];
  const failures: unknown[] = [];
  const open = new Set<Promise<unknown>>();

  const run = async (flow: FlowFile, row: JsonObject | null, runName: string = randomUUID()): Promise<FlowRun> => {
    const finished = await runFlow({
      definition: flow.definition,
      connectors,
      triggerOutputs: row === null ? null : { body: row },
      runName,
      environment: options.environment ?? {},
      pause: async (milliseconds) => {
        pauses.push(milliseconds);
        await new Promise((resolve) => setTimeout(resolve, options.pause ?? SHORT_PAUSE));
      },
    });
    const known = { flow: flow.name, row, ...finished };
    runs.push(known);
    return known;
  };

  const readRow = async (table: string, id: string): Promise<JsonObject | null> => {
    const { entitySet } = tables[table as keyof typeof tables]; // tables of the flows' triggers are the solution's
    return (await dataverse('GetItem', { entityName: entitySet, recordId: id })).body;
  };
  const fits = async (table: string, id: string, filter: string | undefined): Promise<boolean> => {
    if (filter === undefined) return true;
    const { entitySet, primaryId } = tables[table as keyof typeof tables]; // see above
    const asked = { entityName: entitySet, $select: primaryId, $filter: `(${filter}) and ${primaryId} eq ${id}` };
    const { body, statusCode } = await dataverse('ListRecords', asked);
    if (statusCode !== 200) throw new Error(`the filter of the trigger: ${statusCode} ${JSON.stringify(body)}`);
    return JSON.stringify(body?.['value']) !== '[]';
  };
  const changed = async (flow: FlowFile, table: string, filter: string | undefined, id: string): Promise<void> => {
    const row = await readRow(table, id);
    const starts =
      row !== null && (await fits(table, id, filter)) && conditionsHold(flow.definition, row, options.environment);
    if (starts) await run(flow, row);
    else turnedAway.push({ flow: flow.name, rowId: id });
  };
  const follow = (work: Promise<unknown>): void => {
    const tracked = work.catch((error: unknown) => void failures.push(error)).finally(() => open.delete(tracked));
    open.add(tracked);
  };

  return {
    ...world,
    gateway,
    runs,
    turnedAway,
    pauses,
    failures,
    /** Switches a flow on that Dataverse starts. */
    switchOn: async (name: string): Promise<void> => {
      const flow = flowNamed(name);
      const subscription = rowSubscription(flow.definition);
      if (subscription === null) throw new Error(`${name} runs by the clock`);
      await subscribe(world, subscription, (id) => follow(changed(flow, subscription.table, subscription.filter, id)));
    },
    /** Runs a flow now, as its clock or its row would. */
    runNow: (name: string, row: JsonObject | null = null, runName?: string): Promise<FlowRun> =>
      run(flowNamed(name), row, runName),
    readRow,
    /** Until no flow runs, the service has nothing left to do, and nothing of that has started another. */
    quiet: async (): Promise<void> => {
      const count = (): number => runs.length + turnedAway.length;
      for (let before = -1; before !== count();) {
        before = count();
        await world.settled();
        // What the service has just written may start flows.
        await world.standIns.dataverse.settled();
        await eventually(async () => expect(open.size).toBe(0), 60_000);
      }
      expect(failures).toEqual([]);
    },
  };
}

/** Statuses of an action by its name: each time it ran, in the order of the ends. */
export function statusesOf(run: FinishedRun, action: string): string[] {
  return run.history.filter(({ name }) => name === action).map(({ status }) => status);
}

/** An answer of the service that tells of a problem. */
export const problem = (
  statusCode: number,
  message: string,
  headers: Readonly<Record<string, string>> = {},
): ConnectorAnswer => ({ statusCode, headers, body: { code: 'fault', message, correlationId: 'of-the-test' } });
