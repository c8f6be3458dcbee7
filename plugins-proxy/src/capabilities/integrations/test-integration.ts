import { type Language, sayFault, type TestAnswer } from '@crmjira/domain';
import type { IntegrationProvider, TestReport } from '../../connections/providers/integration-provider';
import { faultOfIntegration } from './fault-of-integration';

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
      const fault = faultOfIntegration(provider, settings, thrown);
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
