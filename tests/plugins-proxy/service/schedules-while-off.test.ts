import type { CapabilityName } from '@crmjira/domain';
import { createMetrics } from '../../../plugins-proxy/src/operations/metrics/create-metrics';
import { unchangingConfig } from '../../../plugins-proxy/src/platform/secrets/live-config';
import type { Jobs } from '../../../plugins-proxy/src/service/create-jobs';
import { createRunningState } from '../../../plugins-proxy/src/service/running-state';
import { scheduleSync } from '../../../plugins-proxy/src/service/schedules/schedule-sync';
import { scheduleUpkeep } from '../../../plugins-proxy/src/service/schedules/schedule-upkeep';
import type { Scheduler } from '../../../plugins-proxy/src/service/schedules/scheduler';
import type { ServiceParts } from '../../../plugins-proxy/src/service/service-parts';
import { testConfig } from '../test-config';

/** A part of the service that nobody may ask for anything. */
const untouched: object = new Proxy(
  {},
  {
    get: () => (): never => {
      throw new Error('asked');
    },
  },
);

/** The schedules of a service by name; whatever they do but read the settings fails. */
function schedules(capabilities: ReadonlySet<CapabilityName>, inbound: string) {
  const works = new Map<string, () => Promise<void>>();
  const keep: Scheduler['each'] = (name, _everyMs, work) => void works.set(name, work);
  const scheduler: Scheduler = {
    each: keep,
    alone: keep,
    start: () => undefined,
    stopping: new AbortController().signal,
    stop: async () => undefined,
  };
  const config = testConfig({ INBOUND: inbound });
  const state = createRunningState();
  state.environments = new Map([[config.connectionId, { ok: true }]]);
  state.sweep = { at: '2025-01-20T17:00:00.000Z', found: 1 } as unknown as typeof state.sweep;
  state.provisioningsHeld = 7;
  const settings = { capabilities, dailySync: { hour: 0, minute: 0, timeZone: 'UTC' } };
  const parts = {
    ...{ config, state, live: unchangingConfig(config), now: () => new Date('2025-01-20T17:30:15.000Z') },
    ...{ store: untouched, archive: untouched, logger: { warn: () => undefined } },
    measurements: { metrics: createMetrics() },
    connections: {
      dataverse: untouched,
      jira: Object.assign(Object.create(untouched), { first: { id: config.connectionId } }) as object,
      sentry: { all: () => [], refresh: async () => undefined },
      environmentSettings: { lastSettings: () => settings, settings: async () => settings },
    },
    // Less than the whole: what is missing would fail like what is untouched.
  } as unknown as ServiceParts;
  scheduleSync(scheduler, parts, { worker: {}, recovery: {} } as Jobs);
  scheduleUpkeep(scheduler, parts, () => false);
  return {
    state,
    run: (name: string): Promise<void> => works.get(name)?.() ?? Promise.reject(new Error('no schedule')),
  };
}

test.each([
  ['direct', ['poll', 'webhooks', 'sweep', 'digest', 'provisioning-stop']],
  ['none', ['poll', 'sweep', 'digest', 'provisioning-stop']],
])('ADR-19 with inbound %s, no schedule of a budget that is switched off does anything', async (inbound, names) => {
  const [off, on] = [schedules(new Set(), inbound), schedules(new Set(['budget']), inbound)];
  for (const name of names) {
    await expect(on.run(name)).rejects.toThrow('asked');
    await off.run(name);
  }
  expect(off.state).toMatchObject({ sweep: null, provisioningsHeld: null });
});

test('R-1708 Jira is watched, and links are synced daily, while issues alone are switched on', async () => {
  for (const name of ['poll', 'webhooks'])
    await expect(schedules(new Set(['issues']), 'direct').run(name)).rejects.toThrow('asked');
});

test('ADR-19 no issue is mirrored while issues are switched off', async () => {
  await expect(schedules(new Set(['issues']), 'direct').run('mirror')).rejects.toThrow('asked');
  await schedules(new Set(['budget']), 'direct').run('mirror');
});
