import { budgetStepWords } from './budget/step-words';
import { entryOf } from './entry-of';
import type { ExplainedStep } from './explain/answer';
import { fieldText } from './explain/field-texts';
import { linkStepWords } from './issues/texts/link-step-words';
import { resolutionStepWords } from './issues/texts/resolution-step-words';
import type { Language } from './text/language';
import { timeStepWords } from './time/texts/time-step-words';

type Words = Readonly<Record<string, Readonly<Record<Language, string>>>>;

/** By the kind of the module. */
const steps: Readonly<Record<string, Words>> = {
  opportunity: budgetStepWords,
  'issue-link': linkStepWords,
  'time-record': timeStepWords,
  case: resolutionStepWords,
};

/** Steps of links whose field people know. */
const withField: readonly string[] = ['write', 'take', 'keep', 'hold', 'enter', 'decided'];

/** What a run would do, for a person. @param kind of the module. Pure. */
export function stepText(kind: string, { kind: step, about }: ExplainedStep, language: Language): string {
  const text = entryOf(entryOf(steps, kind) ?? {}, step)?.[language] ?? step;
  if (kind !== 'issue-link' || about === null || !withField.includes(step)) return text;
  return `${text}${language === 3084 ? '\u00a0' : ''}: ${fieldText(about, language)}`;
}
