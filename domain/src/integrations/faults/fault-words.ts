import type { ErrorClass } from '../../schema/generated/options';
import type { Language } from '../../text/language';

/** What the sentences of a fault name: facts, never secrets. */
export type FaultArgs = Readonly<Record<string, string>>;

/** What is wrong, and what an administrator does about it. */
export interface FaultSentences {
  readonly says: string;
  readonly remedy: string;
}

/** One thing that can be wrong with an integration. */
export interface ConnectionFault {
  /** By which failed runs are counted; null: no side is at fault. */
  readonly class: ErrorClass | null;
  /** A run that fails of it is tried again by itself. */
  readonly isTransient: boolean;
  readonly words: Readonly<Record<Language, (args: FaultArgs) => FaultSentences>>;
}

/** Faults of one kind of provider, by name. */
export type ConnectionFaults<Name extends string = string> = Readonly<Record<Name, ConnectionFault>>;

const isGiven = (args: FaultArgs, name: string): boolean => Object.hasOwn(args, name) && args[name] !== '';

const fill = (template: string, args: FaultArgs): string =>
  template
    .replace(/\[([^\]]*\{(\w+)\}[^\]]*)\]/g, (_, part: string, name: string) => (isGiven(args, name) ? part : ''))
    .replace(/\{(\w+)\}/g, (_, name: string) => (Object.hasOwn(args, name) ? (args[name] ?? '') : '…'));

/** Follows what is said of a certificate; by whom it was issued is left out where that is not known. */
export const issued: Readonly<Record<'english' | 'french', string>> = {
  english: '[ It was issued by “{issuer}”.]',
  french: '[ Il a été émis par «\u00a0{issuer}\u00a0».]',
};

/** A fault whose sentences name their arguments in braces: `[what is wrong, what to do]`; what stands in brackets goes with its argument. */
export function fault(
  errorClass: ErrorClass | null,
  english: readonly [says: string, remedy: string],
  french: readonly [says: string, remedy: string],
  { isTransient = false }: { readonly isTransient?: boolean } = {},
): ConnectionFault {
  const worded =
    ([says, remedy]: readonly [string, string]) =>
    (args: FaultArgs): FaultSentences => ({ says: fill(says, args), remedy: fill(remedy, args) });
  return { class: errorClass, isTransient, words: { 1033: worded(english), 3084: worded(french) } };
}

/** For faults that pass by themselves. */
export const transient = { isTransient: true } as const;
