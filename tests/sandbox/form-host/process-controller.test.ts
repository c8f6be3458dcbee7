import type { ProcessFlowMetadata } from '@crmjira/domain';
import { FormModel } from '../../../sandbox/src/form-host/client/form/form-model';
import { ProcessController } from '../../../sandbox/src/form-host/client/form/process-controller';
import type { HostDefinition } from '../../../sandbox/src/form-host/contract';
import { definition } from './small-definition';

const both = (text: string) => ({ 1033: text, 3084: text });
const stage = (id: string, next: string[], column?: string) => ({
  id,
  name: both(id),
  category: 0,
  table: 'opportunity',
  steps: column ? [{ id: `${id}-step`, label: both(column), column, required: true }] : [],
  next,
});
const process: ProcessFlowMetadata = {
  workflowId: 'w',
  uniqueName: 'p',
  name: both('p'),
  primaryTable: 'opportunity',
  stages: [stage('one', ['two'], 'budgetamount'), stage('two', ['three']), stage('three', [])],
};
const withProcess: HostDefinition = { ...definition, process, processEntitySet: 'ps' };

interface Sent {
  readonly method: string;
  readonly address: string;
  readonly body: unknown;
}

/** An instance row of the process, and a Web API that moves it or refuses. */
function open(active: string, path: string[], budget: number | null) {
  const row = { activeStageId: active, path: path.join(',') };
  const server: { sent: Sent[]; refuse: boolean } = { sent: [], refuse: false };
  jest.spyOn(globalThis, 'fetch').mockImplementation(async (address, init) => {
    const method = init?.method ?? 'GET';
    const body: Record<string, string> = init?.body ? JSON.parse(String(init.body)) : {};
    if (method !== 'GET') {
      server.sent.push({ method, address: String(address), body });
      if (server.refuse)
        return Response.json({ error: { code: '0x80050201', message: 'The webhook call failed.' } }, { status: 400 });
      row.activeStageId = /\((\w+)\)/.exec(body['activestageid@odata.bind'] ?? '')?.[1] ?? '';
      row.path = body['traversedpath'] ?? '';
      return new Response(null, { status: 204 });
    }
    return Response.json({
      value: [
        {
          businessprocessflowinstanceid: 'i',
          _activestageid_value: row.activeStageId,
          traversedpath: row.path,
          createdon: '2025-01-15T14:00:00Z',
          statuscode: 1,
        },
      ],
    });
  });
  const model = new FormModel('id', withProcess);
  model.take({ name: 'Acme', statecode: 0, budgetamount: budget });
  const controller = new ProcessController(model, process, 'ps', async () => true);
  const told: string[] = [];
  controller.changeHandlers.add((change) => told.push(`${change.direction} ${change.stage.id}`));
  return { controller, server, told, row };
}

test('a move writes the stage and the path that leads to it, then tells the scripts', async () => {
  const { controller, server, told } = open('one', ['one'], 250000);
  await controller.read();
  expect(await controller.moveNext()).toBe('success');
  expect(server.sent).toEqual([
    {
      method: 'PATCH',
      address: '/api/data/v9.2/ps(i)',
      body: { 'activestageid@odata.bind': '/processstages(two)', traversedpath: 'one,two' },
    },
  ]);
  expect([controller.activeStage?.id, told]).toEqual(['two', ['Next two']]);
});

test('a script that prevents the move keeps the server out of it', async () => {
  const { controller, server } = open('one', ['one'], 250000);
  await controller.read();
  controller.preHandlers.add((change) => {
    change.prevented = true;
  });
  expect(await controller.moveNext()).toBe('preventDefault');
  expect(server.sent).toEqual([]);
});

test('a required step without a value stops a move on, not a move back', async () => {
  const on = open('one', ['one'], null);
  await on.controller.read();
  expect(await on.controller.moveNext()).toBe('stageGate');
  const back = open('two', ['one', 'two'], null);
  await back.controller.read();
  expect(await back.controller.movePrevious()).toBe('success');
  expect(back.row.path).toBe('one');
});

test('a refusal of the server leaves the stage and is thrown with its code', async () => {
  const { controller, server, told } = open('one', ['one'], 250000);
  await controller.read();
  server.refuse = true;
  await expect(controller.moveNext()).rejects.toMatchObject({ status: 400, code: '0x80050201' });
  expect([controller.activeStage?.id, controller.moving, told]).toEqual(['one', false, []]);
});

test('a stage that the service moved is told to the scripts when the form learns of it', async () => {
  const { controller, row, told } = open('two', ['one', 'two'], 250000);
  await controller.read();
  row.activeStageId = 'three';
  row.path = 'one,two,three';
  await controller.read();
  expect(told).toEqual(['Next three']);
});
