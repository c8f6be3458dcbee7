import { isSignInOffered } from '../../connections/personal/sign-in-offered';
import { classifyError } from '../../platform/errors/classify-error';
import { dependenciesOf } from '../../operations/health/dependency-rows';
import type { HealthReport } from '../../operations/health/health-report';
import { showHealth } from '../../operations/health/show-health';
import { signInShower } from '../../operations/health/show-sign-in';
import type { SourceFigures } from '../../operations/health/source-figures';
import { createAlertTeller } from '../../operations/mail/tell-of-alerts';
import { readBaselineVerdict } from '../../operations/maintenance/performance';
import { readDefaultRate } from '../../capabilities/budget/read/read-hourly-rate';
import { figuresLine } from '../../operations/metrics/figures-line';
import { readSuccessRate } from '../../operations/metrics/success-rate';
import { readTimeFigures } from '../../operations/metrics/time-figures';
import type { ServiceParts } from '../service-parts';
import type { Scheduler } from './scheduler';

/** Whoever looks in Dynamics sees within 30 seconds what began or ended, a write included. */
const lookMs = 20_000;
const minuteMs = 60_000;
/** How often health is written to the rows of the connections where nothing changes, and what takes longer is measured, in milliseconds. */
const showHealthMs = 5 * minuteMs;
/** How often it is counted how well people's time gets to Jira, in milliseconds. */
const timeFiguresMs = 60 * minuteMs;

/** What tells people and monitors how the service is. */
export function scheduleObservation(
  scheduler: Scheduler,
  parts: ServiceParts,
  report: () => Promise<HealthReport>,
): void {
  const { config, logger, now, archive, connections, state } = parts;
  const { metrics, thresholds, outgoing, performance, access } = parts.measurements;
  const { dataverse, environmentSettings, jira } = connections;
  const { connectionId } = config;
  scheduler.each('performance', showHealthMs, async () => {
    await performance.write();
    await access.write();
    // Also where nothing else reads them: what an administrator changes shows in the alerts of a quiet service.
    await environmentSettings.settings().catch((error: unknown) => {
      logger.warn({ reason: classifyError(error).message }, 'settings not read');
    });
    state.baseline = await readBaselineVerdict(archive, now(), thresholds().DegradationPercent);
    metrics.degraded.set(state.baseline.verdict === 'worse' ? 1 : 0);
  });
  scheduler.alone(
    'success-rate',
    showHealthMs,
    async () => metrics.successPercent.set((await readSuccessRate(dataverse, now())).percent ?? NaN),
    () => metrics.successPercent.remove(),
  );
  const { worklogSuccessPercent, timePeople, firstSyncSeconds } = metrics;
  scheduler.alone(
    'time-figures',
    timeFiguresMs,
    async () => {
      const figures = await readTimeFigures(dataverse, now());
      worklogSuccessPercent.set(figures.successPercent ?? NaN);
      timePeople.set({ state: 'logging' }, figures.people);
      timePeople.set({ state: 'connected' }, figures.connected);
      firstSyncSeconds.set(figures.firstSyncSeconds ?? NaN);
    },
    () => {
      worklogSuccessPercent.remove();
      timePeople.reset();
      firstSyncSeconds.remove();
    },
  );
  const sources = async (): Promise<ReadonlyMap<string, SourceFigures>> => {
    try {
      const [{ policy }, currencies] = await Promise.all([
        environmentSettings.settings(),
        environmentSettings.currencies(),
      ]);
      const rate = await readDefaultRate(dataverse, currencies, policy);
      return new Map(
        jira.all().map(({ id, config: own }) => [id, { kind: own?.budgetSource ?? policy.budgetSource, rate }]),
      );
    } catch (error) {
      // Health is shown all the more where the settings cannot be read.
      logger.warn({ reason: classifyError(error).message }, 'figures of the budget sources not read');
      return new Map();
    }
  };
  /** What the rows tell, and since when by a clock that never jumps. */
  let lastShown = { states: '', at: -Infinity };
  /** A quiet day costs a write in five minutes; what begins or ends is written at once. */
  async function show(told: HealthReport): Promise<void> {
    const states = JSON.stringify([
      told.status,
      dependenciesOf(told).map(({ connection, dependency, state }) => [connection.id, dependency, state]),
    ]);
    const at = globalThis.performance.now();
    const wasLost = state.shownInDynamics?.ok === false;
    if (!wasLost && states === lastShown.states && at - lastShown.at < showHealthMs) return;
    const shown = { dataverse, connectionId, now, report: async () => told, sources, wasLost };
    state.shownInDynamics = await showHealth(shown);
    lastShown = { states, at };
  }
  const tellOfAlerts = createAlertTeller({ dataverse, environmentSettings, connectionId, now });
  scheduler.alone(
    'observation',
    lookMs,
    async () => {
      const told = await report();
      await show(told);
      await tellOfAlerts(told);
    },
    () => {
      state.shownInDynamics = null;
      lastShown = { states: '', at: -Infinity };
    },
  );
  const signIn = signInShower(dataverse);
  scheduler.alone(
    'sign-in-offered',
    minuteMs,
    () =>
      signIn.show(
        jira.all().map((connection) => ({ id: connection.id, isOffered: isSignInOffered(config, connection) })),
      ),
    signIn.forget,
  );
  scheduler.each('figures', minuteMs, async () => logger.info(figuresLine(await report(), outgoing.take()), 'figures'));
}
