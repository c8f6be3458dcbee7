import type { Held, Part, RecordOf } from './part';
import type { ReadFailure } from './read-failure';

/** What the store knows at one moment. */
export interface FormState {
  /** of the newest reading that worked */
  readonly held: Held;
  /** instant of that reading */
  readonly readAt: string | null;
  /** why the newest reading failed, null when it worked */
  readonly failure: ReadFailure | null;
  /** names of the parts read apart whose newest reading failed */
  readonly missed: readonly string[];
  /** instant of the newest reading, good or not: ages are told from here */
  readonly now: string;
}

/** The same for a control, by the parts that it names. */
export interface FormOf<Parts extends readonly Part[]> extends Pick<
  FormState,
  'readAt' | 'failure' | 'missed' | 'now'
> {
  /** null until each of the parts has been read; kept when a later reading fails */
  readonly record: RecordOf<Parts> | null;
}

export function formOf<Parts extends readonly Part[]>(state: FormState, parts: Parts): FormOf<Parts> {
  const { held } = state;
  return {
    ...state,
    // Each part puts what it reads under its own name.
    record: parts.every(({ name }) => name in held) ? (held as RecordOf<Parts>) : null,
  };
}
