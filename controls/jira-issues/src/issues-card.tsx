/** @jsx h */
import { ActionButtons, ControlRoot, Heading, type Look, Skeleton, type Words, action, h } from '@crmjira/form-data';
import type * as React from 'react';
import type { StringKey } from './generated/string-keys';
import { IssueRow, Notice, type OnAction } from './issue-row';
import type { IssuesView } from './issues-view';

export interface IssuesCardProps {
  readonly view: IssuesView;
  readonly look: Look;
  readonly id: string;
  readonly news: string;
  readonly say: Words<StringKey>;
  readonly onAction: OnAction;
  /** panel in which an issue is created or looked for */
  readonly panel: React.ReactNode;
}

/** Draws an IssuesView; decides nothing. */
export function IssuesCard({ view, look, id, news, say, onAction, panel }: IssuesCardProps): React.ReactElement {
  const { tools } = view;
  const buttons = (
    <ActionButtons
      actions={[action('create', 'Add', say('create'), tools === 'first'), action('link', 'Link', say('link'))]}
      onAction={onAction}
    />
  );
  return (
    <ControlRoot look={look} labelledBy={id} narrow={view.narrow} busy={!!view.loading}>
      <div className={`crmjira-issues${view.wide ? ' crmjira-wide' : ''}`}>
        <Heading id={id} title={say('title')} chips={view.chips}>
          {!panel && tools === 'title' && buttons}
        </Heading>
        {view.loading && <Skeleton label={view.loading} />}
        {panel}
        {view.notices?.map((notice) => (
          <Notice key={notice.strong} {...notice} onAction={onAction} />
        ))}
        {!panel && view.lede && <p className="crmjira-sub">{view.lede}</p>}
        {!panel && view.lede && tools === 'first' && buttons}
        {!panel && view.hint && <p className="crmjira-sub crmjira-note">{view.hint}</p>}
        {view.groups?.map(({ title, rows }) => (
          <section key={title} aria-label={title || undefined}>
            {title && <h4>{title}</h4>}
            <ul>
              {rows.map((row) => (
                <IssueRow key={row.id} row={row} say={say} onAction={onAction} />
              ))}
            </ul>
          </section>
        ))}
        {view.more && (
          <button type="button" className="crmjira-linkbutton" onClick={() => onAction({ name: 'all' })}>
            {view.more}
          </button>
        )}
        {view.budgets?.map(({ reference, status, caption, percent, spent, opportunityId }) => (
          <div key={reference} className="crmjira-budget">
            <b>{reference}</b>
            <span className="crmjira-chip" data-status={status}>
              <i className="crmjira-icon" aria-hidden="true" />
              {caption}
            </span>
            <span>
              <meter max={100} value={percent} aria-label={reference} /> {spent}
            </span>
            <button
              type="button"
              className="crmjira-linkbutton"
              onClick={() => onAction({ name: 'opportunity', argument: opportunityId })}
            >
              {say('openOpportunity')}
            </button>
          </div>
        ))}
        {view.notes?.map((note) => (
          <p key={note} className="crmjira-sub crmjira-note">
            {note}
          </p>
        ))}
        <ActionButtons actions={view.actions} onAction={onAction} />
        {view.foot && (
          <p className="crmjira-foot crmjira-sub crmjira-small">
            {view.foot.map((part) => (
              <span key={part}>{part}</span>
            ))}
          </p>
        )}
        <div className="crmjira-hidden" role="status" aria-live="polite">
          {news}
        </div>
      </div>
    </ControlRoot>
  );
}
