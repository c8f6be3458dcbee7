import type { HostFacts, IssueTable, Words } from '@crmjira/form-data';
import type { StringKey } from './generated/string-keys';
import type { IssuesForm } from './parts';
import type { Wish } from './wish';

/** What views are made from. */
export interface ViewContext {
  readonly host: HostFacts;
  readonly table: string;
  readonly form: IssuesForm;
  readonly say: Words<StringKey>;
  /** may create commands */
  readonly mayCommand: boolean;
  readonly wishes: readonly Wish[];
  /** link that is about to be taken away */
  readonly leaving: string;
  /** the whole list is asked for */
  readonly all: boolean;
}

/** Words in which `{this}`, `{the}`, `{The}` and `{of}` stand for the record on the form. */
export function wordsFor(table: string, say: Words<StringKey>): Words<StringKey> {
  const kind = table as IssueTable;
  const nouns = {
    this: say(`this.${kind}`),
    the: say(`the.${kind}`),
    The: say(`The.${kind}`),
    of: say(`of.${kind}`),
  };
  return (key, values) => say(key, { ...nouns, ...values });
}

/** Keys that have a form for one and another for all other numbers. */
type Counted = StringKey extends infer Key ? (Key extends `${infer Stem}.one` ? Stem : never) : never;

export const counted = (say: Words<StringKey>, key: Counted, n: number): string =>
  say(`${key}.${n === 1 ? 'one' : 'many'}`, { n: String(n) });
