import { type Language, sayFault, type TestAnswer } from '@crmjira/domain';
import { faultOf } from '../../connections/providers/fault-of';
import type { IntegrationProvider, TestReport } from '../../connections/providers/integration-provider';

/** How long somebody waits for a test, in milliseconds. */
const longestTestMs = 30_000;

/** The report, or that none came in time; what is still under way then ends when the integration is closed. */
async function inTime(test: Promise<TestReport>, limitMs: number): Promise<TestReport> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<TestReport>((resolve) => {
    timer = setTimeout(
      () => resolve({ ok: false, steps: [], found: {}, fault: { name: 'no-answer', args: {} } }),
      limitMs,
    );
  });
  return Promise.race([test, late]).finally(() => clearTimeout(timer));
}

/** The host that settings name; empty where they name none. Pure. */
export const hostIn = (settings: unknown): string => {
  if (typeof settings !== 'object' || settings === null) return '';
  if ('host' in settings && typeof settings.host === 'string') return settings.host;
  return 'url' in settings && typeof settings.url === 'string' ? (URL.parse(settings.url)?.host ?? '') : '';
};

/** Asks an integration as it was entered or saved, within 30 seconds, and says what came of it (R-1609). Writes nothing anywhere. */
export async function testIntegration(
  provider: IntegrationProvider,
  { id, settings, secrets }: { readonly id: string; readonly settings: unknown; readonly secrets: unknown },
  language: Language,
  limitMs = longestTestMs,
): Promise<TestAnswer> {
  const opening = (async () => provider.open(id, settings, secrets))();
  const test = opening
    .then((open) => open.test())
    .catch((thrown: unknown): TestReport => {
      const host = hostIn(settings);
      const fault = provider.faultOf?.(thrown, settings) ?? faultOf(thrown, { product: host, host });
      return { ok: false, steps: [], found: {}, fault };
    });
  const report = await inTime(test, limitMs);
  // What could not be opened needs no closing; why, the report says.
  await opening.then(
    (open) => open.close(),
    () => undefined,
  );
  const words = report.fault === null ? null : sayFault(report.fault, language);
  return { ...report, says: words?.says ?? null, remedy: words?.remedy ?? null };
}
