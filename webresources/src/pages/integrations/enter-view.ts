import type { EnteredIntegration, EnteredProblem, RunAnswer, SaveAnswer, TestAnswer, TryAnswer } from '@crmjira/domain';
import type { integrationEnterTexts } from '../../strings/generated/integration-enter';
import type { Say } from '../platform/page-words';

export type EnterSay = Say<typeof integrationEnterTexts>;

/** What is entered, with the secrets that were typed anew. */
export interface Draft {
  readonly entered: EnteredIntegration;
  readonly secrets: Readonly<Record<string, string>>;
}

/** An integration as its row holds it, or a new one. */
export interface Start {
  readonly id: string;
  readonly entered: EnteredIntegration;
  readonly isActive: boolean;
  /** secrets are stored, which nobody can read */
  readonly hasSecrets: boolean;
  /** null: never saved */
  readonly savedOn: string | null;
  /** null: what is saved has passed no test */
  readonly testedOn: string | null;
}

type Values = Readonly<Record<string, unknown>>;

/** `settings.port` → `settings` and `port`; the name of a secret may have more dots. */
const partsOf = (path: string): readonly [first: string, second: string | undefined] => {
  const dot = path.indexOf('.');
  return dot === -1 ? [path, undefined] : [path.slice(0, dot), path.slice(dot + 1)];
};

/** Value at a path of a form: `name`, `settings.port`, `secrets.token`. Pure. */
export function valueAt({ entered, secrets }: Draft, path: string): unknown {
  const [first, second] = partsOf(path);
  if (second === undefined) return Reflect.get(entered, first);
  return (first === 'secrets' ? secrets : entered.settings)[second];
}

/** The draft with another value at a path. Pure. */
export function withValue(draft: Draft, path: string, value: unknown): Draft {
  const [first, second] = partsOf(path);
  const { entered, secrets } = draft;
  if (second === undefined) return { ...draft, entered: { ...entered, [first]: value } };
  if (first === 'secrets') return { ...draft, secrets: { ...secrets, [second]: String(value) } };
  return { ...draft, entered: { ...entered, settings: { ...entered.settings, [second]: value } } };
}

/** Secrets that were entered: an empty field keeps what is stored. Pure. */
export const enteredSecrets = ({ secrets }: Draft): Values =>
  Object.fromEntries(Object.entries(secrets).filter(([, value]) => value !== ''));

/** Required paths without a value; a stored secret counts as one. Pure. */
export const emptyAmong = (draft: Draft, paths: readonly string[], hasSecrets: boolean): readonly string[] =>
  paths.filter((path) => {
    const value = valueAt(draft, path);
    const isEmpty = value === undefined || value === null || String(value).trim() === '';
    return isEmpty && !(hasSecrets && path.startsWith('secrets.'));
  });

/** The service's own documents: what makes them whole is looked for, the rest is believed. Pure. */
const whole = <Answer>(answer: unknown, list: string): Answer | null =>
  typeof answer === 'object' && answer !== null && Array.isArray(Reflect.get(answer, list)) ? (answer as Answer) : null;

export const testAnswerOf = (answer: unknown): TestAnswer | null => whole<TestAnswer>(answer, 'steps');
export const saveAnswerOf = (answer: unknown): SaveAnswer | null => whole<SaveAnswer>(answer, 'problems');
export const tryAnswerOf = (answer: unknown): TryAnswer | null => whole<TryAnswer>(answer, 'rows');
export const runAnswerOf = (answer: unknown): RunAnswer | null =>
  typeof answer === 'object' && answer !== null && 'processed' in answer ? (answer as RunAnswer) : null;

/** Whether a test took these steps and all of them passed, however far it came after them. Pure. */
export const passed = (test: TestAnswer | null, ...names: readonly string[]): boolean =>
  names.every((name) => test?.steps.some((step) => step.name === name && step.ok) === true);

/** What is wrong, by where. Pure. */
export const problemsByPath = (problems: readonly EnteredProblem[]): ReadonlyMap<string, string> =>
  new Map(problems.map(({ path, says }) => [path, says]));

/** Pure. */
export const textIn = (values: Values, key: string): string => {
  const value = values[key];
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
};

/** Pure. */
export const numberIn = (values: Values, key: string): number | null => {
  const value = values[key];
  return typeof value === 'number' ? value : null;
};

/** Items of a list that the service tells of. Pure. */
export const listIn = (values: Values, key: string): readonly Values[] => {
  const value = values[key];
  return Array.isArray(value)
    ? value.filter((one: unknown): one is Values => typeof one === 'object' && one !== null)
    : [];
};
