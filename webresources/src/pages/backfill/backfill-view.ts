import {
  type CheckedKey,
  type Confidence,
  type EarlierTime,
  type Proposal,
  findKeys,
  proposalOf,
} from '@crmjira/domain';
import type { CheckedIssue } from './ask-keys';

/** A record without an issue, as the page shows it. */
export interface Unlinked extends EarlierTime {
  readonly subject: string;
  readonly timeIn: string;
  /** null: its clock runs */
  readonly seconds: number | null;
}

/** A record in which something was found. */
export interface Candidate extends Unlinked {
  readonly proposal: Proposal;
}

export interface Looks {
  readonly links: boolean;
  readonly notes: boolean;
}

/** Which key of which record is to be asked for: each once. Pure. */
export function keysOf(
  records: readonly Unlinked[],
  looks: Looks,
  sites: readonly string[],
): ReadonlyMap<string, string> {
  const keys = new Map<string, string>();
  for (const record of records)
    for (const finding of findKeys(record, looks, sites))
      for (const { key } of finding.keys) if (!keys.has(key)) keys.set(key, record.id);
  return keys;
}

/** Records with what Jira says of the keys in them; those without any are left out. Pure. */
export function candidatesOf(
  records: readonly Unlinked[],
  looks: Looks,
  sites: readonly string[],
  issues: readonly CheckedIssue[],
): readonly Candidate[] {
  const checked = new Map(
    issues.map(({ asked, key, reason }): [string, CheckedKey] => [asked, { issue: key, ok: reason === null, reason }]),
  );
  return records.flatMap((record) => {
    const [first, ...others] = findKeys(record, looks, sites);
    return first === undefined ? [] : [{ ...record, proposal: proposalOf([first, ...others], checked) }];
  });
}

export const CONFIDENCES: readonly Confidence[] = ['high', 'medium', 'low'];

/** Candidates by how sure they are. Pure. */
export const countOf = (candidates: readonly Candidate[], confidence: Confidence): number =>
  candidates.filter(({ proposal }) => proposal.confidence === confidence).length;

/** Issues that the person has chosen instead of what was proposed, by record. */
export type Choices = ReadonlyMap<string, string>;

/** Null: there is none, or one is to be chosen first. Pure. */
export const issueOf = ({ id, proposal }: Candidate, choices: Choices): string | null =>
  choices.get(id) ?? proposal.issue;

/** Characters around a key that say where it stands. */
const BEFORE = 24;
const AFTER = 40;

/** The first key in its text, and what stands around it. Pure. */
export function excerpt({ finding }: Proposal): readonly [before: string, key: string, after: string] {
  const { text } = finding;
  const { start = 0, end = 0 } = finding.keys[0] ?? {};
  const from = Math.max(0, start - BEFORE);
  const to = Math.min(text.length, end + AFTER);
  return [
    `${from > 0 ? '…' : ''}${text.slice(from, start)}`,
    text.slice(start, end),
    `${text.slice(end, to)}${to < text.length ? '…' : ''}`,
  ];
}
