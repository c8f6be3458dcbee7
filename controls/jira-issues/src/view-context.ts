import type { HostFacts, IssueTable, Words } from '@crmjira/form-data';
import type { StringKey } from './generated/string-keys';
import type { IssuesForm } from './parts';
import type { Wish } from './wish';

/** What views are made from. */
export interface ViewContext {
  readonly host: HostFacts;
  readonly table: IssueTable;
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

/** Words in which `{this}`, `{the}` and `{of}` stand for the record on the form. */
export function wordsFor(table: IssueTable, say: Words<StringKey>): Words<StringKey> {
  const nouns = {
    this: say(`this.${table}`),
    the: say(`the.${table}`),
    of: say(`of.${table}`),
  };
  return (key, values) => say(key, { ...nouns, ...values });
}

/** Keys that have a form for one and another for all other numbers. */
type Counted = StringKey extends infer Key ? (Key extends `${infer Stem}.one` ? Stem : never) : never;

export const counted = (say: Words<StringKey>, key: Counted, n: number): string =>
  say(`${key}.${n === 1 ? 'one' : 'many'}`, { n: String(n) });
