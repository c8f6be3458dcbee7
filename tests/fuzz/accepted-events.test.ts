import fc from 'fast-check';
import { z } from 'zod';
import { healthHeaders } from '../../plugins-proxy/src/cli/doctor/health-headers';
import { intakeApp, signed } from '../plugins-proxy/intake-app';
import { withoutConnection } from '../plugins-proxy/site-keys';
import { startWorld, stopWorlds } from '../plugins-proxy/world';
import { spoiled } from './hostile-input';
import { routeGroups } from './route-groups';
import { secrets } from './whole-app';

afterEach(stopWorlds);

/** The same bodies each time, so that a failure is the same too. */
const seed = 320;
const casesPerGroup = 600;
/** Bodies of each group that are run; each is a job or two, with calls to both stand-ins. */
const runPerGroup = 60;
/** `project-closed:`, a connection, a key of 64 characters, and a time. */
const longestKey = 140;

const record = z.record(z.string(), z.unknown());
const line = z.object({ msg: z.literal('delivery received'), keys: z.string().array() });
const samplesOf = (name: string): readonly unknown[] => routeGroups.find((group) => group.name === name)?.samples ?? [];

/** What stands at a place of a body, as a job key would carry it; nothing where no record can be named. */
function named(body: unknown, place: string): string[] {
  let value = body;
  for (const name of place.split('.')) value = record.safeParse(value).data?.[name];
  return typeof value === 'string' || typeof value === 'number' ? [String(value)] : [];
}

/** Every project and issue that a delivery of Jira names, read apart from the code that is judged. */
function namedByJira(body: unknown): string[] {
  const items = z.array(record).safeParse(record.safeParse(record.safeParse(body).data?.['changelog']).data?.['items']);
  const left = (items.data ?? []).filter(({ field }) => field === 'project').flatMap((item) => named(item, 'from'));
  const places = ['issue.id', 'issue.fields.project.id', 'worklog.issueId', 'worklog.issueKey', 'project.id'];
  return [...places, 'version.projectId', 'budget.projectKey', 'project_key']
    .flatMap((at) => named(body, at))
    .concat(left);
}

const senders = [
  {
    name: 'webhooks of Jira',
    request: (body: Buffer) => signed(body),
    names: namedByJira,
    // A project and the one that an issue has left.
    most: 2,
  },
  {
    name: 'steps of Dataverse',
    request: (body: Buffer) => ({
      method: 'POST' as const,
      url: '/webhooks/dataverse/async',
      payload: body,
      headers: { 'content-type': 'application/json', 'x-crmjira-key': secrets.step },
    }),
    names: (body: unknown) => named(body, 'PrimaryEntityId').map((id) => id.toLowerCase()),
    most: 1,
  },
];

/** Bodies that are accepted and queue something; throws for one that queues what it does not name. */
async function acceptedBy({ name, request, names, most }: (typeof senders)[number]): Promise<Buffer[]> {
  const { app, lines } = intakeApp();
  const accepted: Buffer[] = [];
  await fc.assert(
    fc.asyncProperty(spoiled(samplesOf(name)), async (body) => {
      const before = lines.length;
      const { statusCode } = await app.inject(request(body));
      if (statusCode >= 300) return;
      const received = lines.slice(before).flatMap((text) => line.safeParse(JSON.parse(text)).data ?? []);
      const keys = received.flatMap((one) => one.keys);
      const known = names(JSON.parse(body.toString()));
      expect(received).toHaveLength(1);
      expect(keys.length).toBeLessThanOrEqual(most);
      expect(new Set(keys).size).toBe(keys.length);
      for (const key of keys) {
        expect(key.length).toBeLessThanOrEqual(longestKey);
        const [bare = ''] = withoutConnection([key]);
        expect(known).toContain(bare.slice(bare.indexOf(':') + 1).replace(/@-?\d+$/, ''));
      }
      if (keys.length > 0) accepted.push(body);
    }),
    { seed, numRuns: casesPerGroup },
  );
  await app.close();
  return accepted;
}

test('F-320 what hostile events queue is what they name, and running it ends without a dead letter', async () => {
  const bodies: [(typeof senders)[number], Buffer][] = [];
  for (const sender of senders) {
    const accepted = await acceptedBy(sender);
    // The attack gets past the door.
    expect(accepted.length).toBeGreaterThan(runPerGroup);
    bodies.push(...accepted.slice(0, runPerGroup).map((body): [typeof sender, Buffer] => [sender, body]));
  }
  const world = await startWorld('2025-01-20T17:30:00Z');
  const mapping = await world.provision();
  const before = await world.one('crmjira_budget_mappings', mapping);
  for (const [sender, body] of bodies) {
    const { url, headers } = sender.request(body);
    const response = await fetch(world.proxyUrl + url, { method: 'POST', headers, body: new Uint8Array(body) });
    expect(response.status).toBeLessThan(300);
  }
  await world.settled();
  expect(world.lines.filter((text) => /"level":[56]0/.test(text))).toEqual([]);
  const health = await (await fetch(`${world.proxyUrl}/health`, { headers: healthHeaders(world.config) })).json();
  expect(health).toMatchObject({ queue: { dead: 0, pending: 0, retrying: 0 } });
  // Nor has any of them changed the one project that they could reach.
  expect(await world.one('crmjira_budget_mappings', mapping)).toEqual(before);
}, 180_000);
