import * as React from 'react';
import { type AskedOf, askAbout } from '../../commands/ask-about';
import type { Chosen } from '../platform/check-boxes';
import type { PageFacts } from '../platform/start-page';
import type { PeriodView } from '../time-sync/period';
import { syncOf } from '../time-sync/run-notice';
import { type Answered, type CheckedIssue, type KeyWish, askKeys } from './ask-keys';
import {
  type Candidate,
  type Choices,
  type Looks,
  type Unlinked,
  candidatesOf,
  issueOf,
  keysOf,
} from './backfill-view';
import { readUnlinked } from './read-unlinked';

/** What Jira said of the keys in records of a period. */
export interface Found {
  readonly records: readonly Unlinked[];
  readonly candidates: readonly Candidate[];
  readonly issues: ReadonlyMap<string, CheckedIssue>;
  readonly period: PeriodView;
}

/** Several commands, one after the other. */
export interface Work {
  readonly what: 'finding' | 'linking' | 'undoing';
  readonly done: number;
  readonly of: number;
}

/** What ended something early. */
export type Trouble = AskedOf | 'unread';

export interface Run {
  readonly records: readonly string[];
  readonly asked: AskedOf | null;
}

const byKey = (issues: readonly CheckedIssue[]): ReadonlyMap<string, CheckedIssue> =>
  new Map(issues.flatMap((issue) => [issue.asked, issue.key ?? issue.asked].map((key) => [key, issue] as const)));

/** The steps of the wizard and what they have come to; each step asks the service and goes on with its answer. */
export function useBackfill({ language, format }: PageFacts, onWritten: () => void) {
  const [step, go] = React.useState(0);
  const [found, setFound] = React.useState<Found | null>(null);
  const [choices, setChoices] = React.useState<Choices>(new Map());
  const [chosen, choose] = React.useState<Chosen>(new Set());
  /** key that each record was given here */
  const [linked, setLinked] = React.useState<ReadonlyMap<string, string>>(new Map());
  const [kept, setKept] = React.useState(0);
  const [work, setWork] = React.useState<Work | null>(null);
  const [trouble, setTrouble] = React.useState<Trouble | null>(null);
  const [run, setRun] = React.useState<Run | null>(null);
  const alive = React.useRef(true);
  React.useEffect(
    () => () => {
      alive.current = false;
    },
    [],
  );

  const ask = async (what: Work['what'], wishes: readonly KeyWish[]): Promise<Answered> => {
    setTrouble(null);
    const answered = await askKeys(wishes, what === 'finding', language, (done) => {
      if (alive.current) setWork({ what, done, of: wishes.length });
      return alive.current;
    });
    if (alive.current) {
      setWork(null);
      setTrouble(answered.trouble);
    }
    return answered;
  };

  const find = async (period: PeriodView, looks: Looks, sites: readonly string[]): Promise<void> => {
    setTrouble(null);
    setWork({ what: 'finding', done: 0, of: 0 });
    let records: readonly Unlinked[];
    try {
      records = await readUnlinked(period, format);
    } catch (error) {
      console.error('Time records could not be read.', error);
      setWork(null);
      return setTrouble('unread');
    }
    const wishes = [...keysOf(records, looks, sites)].map(([to, record]) => ({ record, from: null, to }));
    const { issues, trouble: failed } = await ask('finding', wishes);
    if (!alive.current) return;
    setWork(null);
    if (failed !== null) return;
    const candidates = candidatesOf(records, looks, sites, issues);
    setFound({ records, candidates, issues: byKey(issues), period });
    setChoices(new Map());
    // Who pasted an address meant that issue; a key in the notes is for the person to confirm.
    choose(new Set(candidates.filter(({ proposal }) => proposal.confidence === 'high').map(({ id }) => id)));
    go(1);
  };

  const link = async (): Promise<void> => {
    const wishes = (found?.candidates ?? []).flatMap((candidate): readonly KeyWish[] => {
      const to = issueOf(candidate, choices);
      return to === null || !chosen.has(candidate.id) ? [] : [{ record: candidate.id, from: null, to }];
    });
    const { records } = await ask('linking', wishes);
    if (!alive.current || records.length === 0) return;
    setLinked(new Map(records.flatMap(({ record, key, ok }) => (ok && key !== null ? [[record, key] as const] : []))));
    setKept(records.filter(({ ok }) => !ok).length);
    onWritten();
    go(2);
  };

  const undo = async (): Promise<void> => {
    const wishes = [...linked].map(([record, from]) => ({ record, from, to: null }));
    const { records } = await ask('undoing', wishes);
    if (!alive.current || records.length === 0) return;
    const undone = new Set(records.filter(({ ok }) => ok).map(({ record }) => record));
    const left = new Map([...linked].filter(([record]) => !undone.has(record)));
    setLinked(left);
    setKept(left.size);
    onWritten();
    if (left.size === 0) go(1);
  };

  const sync = async (records: readonly string[]): Promise<void> => {
    setTrouble(null);
    setRun({ records, asked: null });
    go(3);
    await askAbout(syncOf(records, language), (asked) => {
      if (alive.current) setRun({ records, asked });
      return alive.current;
    });
  };

  const setIssue = ({ id }: Candidate, issue: string, checked?: CheckedIssue): void => {
    setChoices(new Map(choices).set(id, issue));
    choose(new Set(chosen).add(id));
    if (checked !== undefined && found !== null)
      setFound({ ...found, issues: new Map([...found.issues, ...byKey([checked])]) });
  };

  const startOver = (): void => {
    setFound(null);
    setRun(null);
    setTrouble(null);
    setLinked(new Map());
    go(0);
  };

  return {
    ...{ step, found, choices, chosen, linked, kept, work, trouble, run },
    ...{ choose, setIssue, startOver },
    find: (...given: Parameters<typeof find>) => void find(...given),
    link: () => void link(),
    undo: () => void undo(),
    sync: (records: readonly string[]) => void sync(records),
    back: () => go(0),
  };
}
