import { type FoundKey, keysInLinks, keysInNotes } from './find-keys';

/** A time record without an issue. */
export interface EarlierTime {
  readonly id: string;
  readonly externalLink: string | null;
  readonly notes: string | null;
}

/** Keys that were found in one column of a record. */
export interface KeyFinding {
  readonly source: 'link' | 'notes';
  readonly text: string;
  readonly keys: readonly FoundKey[];
}

/** What the service answers of a key, asked with the person's own account. */
export interface CheckedKey {
  /** Key as Jira has it now: an issue that was moved has another. */
  readonly issue: string | null;
  readonly ok: boolean;
  readonly reason: string | null;
}

export type Confidence = 'high' | 'medium' | 'low';

/** What is proposed for a record, and how sure that is. */
export interface Proposal {
  readonly confidence: Confidence;
  /** Null: there is no issue, or one is to be chosen first. */
  readonly issue: string | null;
  readonly choices: readonly string[];
  /** Why there is none, as the service names it; null: there is one, or a choice. */
  readonly reason: string | null;
  readonly finding: KeyFinding;
}

/** Where keys are looked for, addresses first: who pasted one meant that issue. Pure. */
export function findKeys(
  { externalLink, notes }: EarlierTime,
  looks: { readonly links: boolean; readonly notes: boolean },
  sites: readonly string[],
): readonly KeyFinding[] {
  const finding = (source: KeyFinding['source'], text: string | null, keys: readonly FoundKey[]): KeyFinding[] =>
    keys.length === 0 ? [] : [{ source, text: text ?? '', keys }];
  return [
    ...(looks.links ? finding('link', externalLink, keysInLinks(externalLink, sites)) : []),
    ...(looks.notes ? finding('notes', notes, keysInNotes(notes)) : []),
  ];
}

/**
 * What to propose once Jira has answered: the first column that names an issue counts. One that names several is for the person to
 * choose from. Pure.
 * @param findings of one record, at least one
 */
export function proposalOf(
  findings: readonly [KeyFinding, ...KeyFinding[]],
  checked: ReadonlyMap<string, CheckedKey>,
): Proposal {
  for (const finding of findings) {
    const found = finding.keys.flatMap(({ key }) => {
      const check = checked.get(key);
      return check?.ok === true ? [check.issue ?? key] : [];
    });
    const [issue, ...others] = new Set(found);
    if (issue === undefined) continue;
    if (others.length > 0)
      return { confidence: 'low', issue: null, choices: [issue, ...others], reason: null, finding };
    const confidence = finding.source === 'link' ? 'high' : 'medium';
    return { confidence, issue, choices: [], reason: null, finding };
  }
  const [finding] = findings;
  const reasons = finding.keys.flatMap(({ key }) => checked.get(key)?.reason ?? []);
  // An issue that is there but takes no time says more than a word that only looks like a key.
  const reason = reasons.find((one) => one !== 'time-issue-missing') ?? reasons[0] ?? null;
  return { confidence: 'low', issue: null, choices: [], reason, finding };
}
