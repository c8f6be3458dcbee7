import { SyncStatus } from '@crmjira/domain';
import { readTimeFigures } from '../../../plugins-proxy/src/operations/metrics/time-figures';
import { people } from '../stand-ins';
import { startTimeWorld, stopTimeWorlds } from '../capabilities/time/time-world';

afterEach(stopTimeWorlds);

test('R-1815 success, people, their connections and the time to the first worklog come from Dataverse', async () => {
  const world = await startTimeWorld();
  const read = () => readTimeFigures(world.standIns.admin, world.now());
  expect(await read()).toMatchObject({ successPercent: null, people: 0, firstSyncSeconds: null });
  const issue = await world.addIssue();
  const [good, bad] = [await world.addRecord(issue.key), await world.addRecord('ACME-99')];
  await world.addRecord(null, { 'ownerid@odata.bind': `/systemusers(${people.manager})` });
  world.pass(90_000);
  await world.run(good);
  await world.run(bad);
  const statuses = (await world.rows('crmjira_worklog_sync_logs')).map((row) => row['crmjira_sync_status']);
  expect(statuses.toSorted()).toEqual([SyncStatus.Success, SyncStatus.Failed]);
  expect(await read()).toEqual({ successPercent: 50, people: 2, connected: 1, firstSyncSeconds: 90 });
  // What was a week ago says nothing of today.
  world.pass(8 * 24 * 3_600_000);
  expect(await read()).toEqual({ successPercent: null, people: 0, connected: 0, firstSyncSeconds: 90 });
}, 60_000);
