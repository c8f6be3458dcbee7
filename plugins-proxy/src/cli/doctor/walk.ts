import type { Symptom } from '../../platform/errors/symptoms';
import type { Outcome } from '../command';
import type { Check, CheckResult } from './check';

/**
 * The checks of a symptom, in its order. Every step is looked at, also after one that failed: a walk that stops at the first fault
 * hides the second.
 */
export function stepsOf(symptom: Symptom, all: readonly Check[]): readonly Check[] {
  return symptom.steps.map(({ check: id }) => {
    const found = all.find((check) => check.id === id);
    if (found === undefined) throw new Error(`doctor has no check ${id}`);
    return { id, title: found.title, remedy: found.remedy, look: found.look };
  });
}

const signs: Readonly<Record<CheckResult['status'], string>> = {
  ok: 'ok',
  warning: 'warning',
  failed: 'FAILED',
  skipped: '-',
};

/** The outcome told as a walk: what is looked at, what was found, why that explains the symptom, what to do. Pure. */
export function asWalk(symptom: Symptom, results: readonly CheckResult[], { exitCode }: Outcome): Outcome {
  const steps = symptom.steps.map((step, n) => {
    const result: Pick<CheckResult, 'status' | 'says'> & { readonly remedy?: string } = results[n] ?? {
      status: 'skipped',
      says: '',
    };
    const { status, says } = result;
    // What the check has observed is better than what the step supposes.
    const observed = result.remedy ? { cause: undefined, remedy: result.remedy } : {};
    const wrong = status === 'failed' || status === 'warning';
    return { ...step, status, says, ...(wrong ? observed : { cause: undefined, remedy: undefined }) };
  });
  const lines = steps.flatMap(({ looks, status, says, cause, remedy }, n) => [
    `${n + 1}. ${signs[status].padEnd(7)} ${looks}: ${says}`,
    ...(cause === undefined ? [] : [`           ${cause}`]),
    ...(remedy === undefined ? [] : [`           → ${remedy}`]),
  ]);
  const { id, title, afterwards } = symptom;
  return {
    exitCode,
    json: { symptom: id, title, steps, afterwards },
    lines: [title, ...lines, 'Afterwards:', ...afterwards.map((text) => `- ${text}`)],
  };
}
