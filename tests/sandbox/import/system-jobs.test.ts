import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from '../../plugins-proxy/eventually';
import type { Fixture } from '../dataverse/dataverse-fixture';
import { importBody, solutionsOf, startEnvironment } from './environment';
import { packed } from './packages';

/** Milliseconds: each imports the whole product, some several times; a second each on a quiet machine. */

const connector = packed('connector', '1.0.0.0');
const main = packed('main', '1.0.0.0');

let environment: Fixture;
afterEach(() => environment.dataverse.close());

async function untilCompleted(id: string): Promise<Record<string, unknown>> {
  return eventually(async () => {
    const { json } = await environment.call('GET', `asyncoperations(${id})`);
    if (json.statecode !== 3) throw new Error(`The job is in state ${json.statecode}.`);
    return json as Record<string, unknown>;
  });
}

test('an asynchronous import answers at once with its keys; job and import job tell how it ended', async () => {
  environment = await startEnvironment();
  const jobId = 'c0ffee00-0000-4000-8000-0000000000aa';
  const started = await environment.call('POST', 'ImportSolutionAsync', importBody(connector, { ImportJobId: jobId }));
  expect(started.status).toBe(200);
  expect(started.json).toMatchObject({ ImportJobKey: jobId });
  const job = await untilCompleted(String(started.json.AsyncOperationId));
  expect(job).toMatchObject({ operationtype: 203, statuscode: 30, message: null });
  const { json } = await environment.call('GET', `importjobs(${jobId})`);
  expect(json).toMatchObject({ progress: 100, solutionname: 'crmjiraconnector' });
  expect(json.data).toContain('<UniqueName>crmjiraconnector</UniqueName>');
  await expect(solutionsOf(environment)).resolves.toEqual(['crmjiraconnector 1.0.0.0 *']);

  const uninstalling = await environment.call('POST', 'UninstallSolutionAsync', {
    SolutionUniqueName: 'crmjiraconnector',
  });
  const uninstalled = await untilCompleted(String(uninstalling.json.AsyncOperationId));
  expect(uninstalled).toMatchObject({ operationtype: 208, statuscode: 30 });
  await expect(solutionsOf(environment)).resolves.toEqual([]);
});

test('an asynchronous import that is refused ends as failed, with the reason', async () => {
  environment = await startEnvironment();
  const started = await environment.call('POST', 'ImportSolutionAsync', importBody(main, { ImportJobId: undefined }));
  expect(started.status).toBe(200);
  const job = await untilCompleted(String(started.json.AsyncOperationId));
  expect(job).toMatchObject({ statuscode: 31, errorcode: 0x8004801d | 0 });
  expect(job['friendlymessage']).toContain('crmjiraconnector');
});

describe('over a restart', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'crmjira-import-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  test('what was imported is there and is not imported again; a job that was cut off is failed', async () => {
    const options = { stateFile: join(folder, 'dataverse.sqlite') };
    environment = await startEnvironment([connector, main], options);
    const variables =
      "environmentvariabledefinitions?$select=environmentvariabledefinitionid&$filter=schemaname eq 'crmjira_TaskDueDays'";
    const [variable] = (await environment.call('GET', variables)).json.value;
    expect(variable).toBeDefined();
    const cut = { asyncoperationid: 'c0ffee00-0000-4000-8000-0000000000bb', name: 'Import Solution', statecode: 2 };
    await environment.dataverse.seed([{ table: 'asyncoperation', row: { ...cut, statuscode: 20 } }]);
    const before = (await environment.call('GET', 'solutions?$orderby=uniquename')).json.value;
    await environment.dataverse.close();

    environment = await startEnvironment([connector, main], options);
    expect((await environment.call('GET', 'solutions?$orderby=uniquename')).json.value).toEqual(before);
    const job = await environment.call('GET', `asyncoperations(${cut.asyncoperationid})`);
    expect(job.json).toMatchObject({ statecode: 3, statuscode: 31 });
    expect(job.json.message).toContain('Start it again');
  });
});
