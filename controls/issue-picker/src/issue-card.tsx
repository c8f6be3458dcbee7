/** @jsx h */
import { Icon, IssueBadge, type Words, h } from '@crmjira/form-data';
import type * as React from 'react';
import { ClearButton } from './clear-button';
import type { Found } from './found';
import type { StringKey } from './generated/string-keys';

export interface IssueCardProps {
  readonly issue: Found;
  readonly url: string | null;
  readonly say: Words<StringKey>;
  /** null: it cannot be changed */
  readonly onClear: (() => void) | null;
}

/** The chosen issue. */
export function IssueCard({ issue, url, say, onClear }: IssueCardProps): React.ReactElement {
  return (
    <div className={onClear ? 'crmjira-chosen' : 'crmjira-chosen crmjira-still'}>
      <span>
        <b>[{issue.key}]</b> <bdi>{issue.summary}</bdi>
      </span>
      {onClear && <ClearButton say={say} onClick={onClear} />}
      <div className="crmjira-small">
        {issue.status && (
          <IssueBadge status={issue.status} category={issue.category ?? null} text={issue.status} size="medium" />
        )}
        {issue.summary && <span>{issue.assignee || say('p.unassigned')}</span>}
        {url && (
          <a href={url} title={say('opensNewTab')} target="_blank" rel="noreferrer noopener">
            {say('open')} <Icon name="OpenInNewWindow" />
          </a>
        )}
      </div>
    </div>
  );
}
