/** @jsx h */
import type * as React from 'react';
import { h } from '../look/h';
import { type IconName, Icon } from '../look/icons';

/** What a status means, whatever Jira calls it (R-1811). */
export type IssueKind = 'todo' | 'progress' | 'done' | 'stopped' | 'unknown';

const ICONS: Readonly<Record<IssueKind, IconName>> = {
  todo: 'CircleRing',
  progress: 'CircleHalfFull',
  done: 'Completed',
  stopped: 'Blocked',
  unknown: 'Info',
};

/** Words for work that stands still, in the languages of Jira's own templates; Jira has no category for it. */
const STOPPED = /block|bloqu|wait|attente|on hold|suspen/i;

/** @param category Jira's own key: `new`, `indeterminate` or `done`; without status and category nothing is known of the issue */
export function issueKind(status: string | null, category: string | null): IssueKind {
  if (category === 'done') return 'done';
  if (STOPPED.test(status ?? '')) return 'stopped';
  if (status === null && category === null) return 'unknown';
  return category === 'indeterminate' ? 'progress' : 'todo';
}

export interface IssueBadgeProps {
  readonly status: string | null;
  readonly category: string | null;
  /** the status itself; or a key, which is then read with the status */
  readonly text: string;
  readonly size: 'small' | 'medium' | 'large';
  /** of the issue in Jira */
  readonly url?: string | null;
  /** summary, shown above a key */
  readonly title?: string;
}

/** Status as drawing, hue and word; around a key the word is read aloud, and shown above it. */
export function IssueBadge({ status, category, text, size, url, title }: IssueBadgeProps): React.ReactElement {
  const kind = issueKind(status, category);
  const name = status && text !== status ? `${text}, ${status}` : undefined;
  const given = {
    className: `crmjira-badge crmjira-${kind} crmjira-${size}`,
    title: [title, name && status].filter(Boolean).join(' · ') || undefined,
  };
  const content = [<Icon key="icon" name={ICONS[kind]} />, text];
  return url ? (
    <a {...given} aria-label={name} href={url} target="_blank" rel="noreferrer noopener">
      {content}
    </a>
  ) : (
    <span {...given} role={name && 'img'} aria-label={name}>
      {content}
    </span>
  );
}
