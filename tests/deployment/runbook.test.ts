import { createProxy, type Proxy } from '../../plugins-proxy/src/create-proxy';
import { createLogger } from '../../plugins-proxy/src/platform/log/create-logger';
import { openConfig } from '../../plugins-proxy/src/platform/secrets/live-config';
import { crmjira, jsonOf } from '../plugins-proxy/cli-terminal';
import { connectFlows } from '../plugins-proxy/connect-flows';
import { eventually } from '../plugins-proxy/eventually';
import { keepLines } from '../plugins-proxy/log-lines';
import { type StandIns, startStandIns } from '../plugins-proxy/stand-ins';
import { e1, opportunityId } from '../plugins-proxy/world';
import { documentText, sectionOf } from './read-document';
import { z } from 'zod';

const text = documentText('runbook');
const headings = [...text.matchAll(/^## (\d)\. (.+?) \((\d|no)/gm)];

describe('docs/runbook.md (R-2207)', () => {
  test('has a check after each step, and the steps take less than 15 minutes as planned', () => {
    expect(headings.map(([, number]) => Number(number))).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    const minutes = headings.map(([, , , minute]) => (minute === 'no' ? 0 : Number(minute)));
    const sum = minutes.reduce((all, one) => all + one, 0);
    expect(sum).toBeLessThan(15);
    expect(text).toContain(`Eight steps, ${sum} minutes in total`);
    const sections = text.split(/^## /m).filter((section) => /^\d\. /.test(section));
    for (const section of sections) expect(section).toContain('_Check_:');
  });

  test('security and monitoring come before data, data before people', () => {
    const order = sectionOf(text, 'Order of going live');
    const places = [
      'Data policy',
      'Network',
      'Conditional access',
      'Alerts',
      'incident plan',
      'crmjira backup',
      'Steps 1 to 8',
    ];
    const found = places.map((place) => order.indexOf(place));
    expect(found).toEqual([...found].sort((one, other) => one - other));
    expect(found).not.toContain(-1);
  });

  test('every way back ends with a check', () => {
    expect(sectionOf(text, 'Rollback')).toContain(
      '_Check_ after each: `crmjira doctor` ends with 0, `crmjira drift` finds nothing.',
    );
  });
});

describe('steps 5 to 8 as they are written (R-2202, R-2207)', () => {
  let standIns: StandIns;
  let proxy: Proxy;
  beforeEach(async () => {
    standIns = await startStandIns(() => new Date());
    await connectFlows(standIns);
    const live = await openConfig({ ...standIns.environment, REGISTER_STEPS: 'false' });
    const { stream } = keepLines();
    proxy = await createProxy(live.current(), createLogger('debug', live.secrets, stream), () => new Date(), live);
    await proxy.start();
  });
  afterEach(async () => {
    await proxy.stop();
    await standIns.close();
  });

  const failedChecks = (run: Awaited<ReturnType<typeof crmjira>>): string[] =>
    z
      .object({ checks: z.array(z.object({ id: z.string(), status: z.string() })) })
      .parse(jsonOf(run))
      .checks.flatMap(({ id, status }) => (status === 'failed' ? [id] : []));
  /** Runs a command of the document; it must stand there word for word. */
  const follow = (command: string, over: readonly string[] = []) => {
    expect(text).toContain(command);
    return crmjira(standIns.environment, [
      ...command
        .split(' ')
        .slice(1)
        .filter((word) => !word.startsWith('<')),
      ...over,
    ]);
  };

  test('lead from a service that nothing calls to an opportunity in step with its Jira project', async () => {
    const before = await follow('crmjira doctor', ['--json']);
    expect(failedChecks(before)).toEqual(['steps', 'webhook']);

    expect((await follow('crmjira register-steps')).code).toBe(0);
    const after = await follow('crmjira doctor', ['--json']);
    expect([failedChecks(after), after.code]).toEqual([[], 0]);

    await standIns.admin.changeSet([{ op: 'upsert', collection: 'opportunities', id: opportunityId, columns: e1 }]);
    const row = z.record(z.string(), z.unknown());
    await eventually(async () => {
      const opportunity = await standIns.admin.one('opportunities', opportunityId, [], row);
      expect(opportunity?.['crmjira_jira_project_key']).toMatch(/^CRM[A-Z]{7}$/);
    });
    await eventually(async () => {
      const sync = await crmjira(standIns.environment, ['sync', '--opportunity', opportunityId, '--dry-run']);
      expect(sync.code).toBe(0);
    });
    expect(text).toContain('crmjira sync --opportunity <id> --dry-run');
  }, 120_000);
});
