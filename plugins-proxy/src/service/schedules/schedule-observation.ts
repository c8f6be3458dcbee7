import { classifyError } from '../../errors/classify-error';
import type { HealthReport } from '../../health/health-report';
import { showHealth } from '../../health/show-health';
import { noSourceFigures, type SourceFigures } from '../../health/source-figures';
import { createAlertTeller } from '../../mail/tell-of-alerts';
import { readBaselineVerdict } from '../../maintenance/performance';
import { readDefaultRate } from '../../dataverse/read/read-hourly-rate';
import { figuresLine } from '../../metrics/figures-line';
import { readSuccessRate } from '../../metrics/success-rate';
import type { ServiceParts } from '../service-parts';
import type { Scheduler } from './scheduler';

const minuteMs = 60_000;
/** How often health is written to the connection row and what takes longer is measured, in milliseconds. */
const showHealthMs = 5 * minuteMs;

/** What tells people and monitors how the service is. */
export function scheduleObservation(
  scheduler: Scheduler,
  parts: ServiceParts,
  report: () => Promise<HealthReport>,
): void {
  const { config, logger, now, archive, connections, state } = parts;
  const { metrics, thresholds, outgoing, performance, access } = parts.measurements;
  const { dataverse, surroundings } = connections;
  const { connectionId } = config;
  scheduler.each('performance', showHealthMs, async () => {
    await performance.write();
    await access.write();
    // Also where nothing else reads them: what an administrator changes shows in the alerts of a quiet service.
    await surroundings.settings().catch((error: unknown) => {
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
  const source = async (): Promise<SourceFigures> => {
    try {
      const [{ policy }, currencies] = await Promise.all([surroundings.settings(), surroundings.currencies()]);
      const rate = await readDefaultRate(dataverse, currencies, policy);
      return { kind: policy.budgetSource, rate };
    } catch (error) {
      // Health is shown all the more where the settings cannot be read.
      logger.warn({ reason: classifyError(error).message }, 'figures of the budget source not read');
      return noSourceFigures;
    }
  };
  scheduler.alone(
    'show-health',
    showHealthMs,
    async () => {
      const wasLost = state.shownInDynamics?.ok === false;
      state.shownInDynamics = await showHealth({ dataverse, connectionId, now, report, source, wasLost });
    },
    () => (state.shownInDynamics = null),
  );
  const tellOfAlerts = createAlertTeller({ dataverse, surroundings, connectionId, now });
  scheduler.alone('alerts', minuteMs, async () => tellOfAlerts(await report()));
  scheduler.each('figures', minuteMs, async () => logger.info(figuresLine(await report(), outgoing.take()), 'figures'));
}
