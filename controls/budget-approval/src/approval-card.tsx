/** @jsx h */
import * as React from 'react';
import {
  h,
  ActionButtons,
  type ActionView,
  Chip,
  ControlRoot,
  Heading,
  Live,
  type Look,
  Message,
  Skeleton,
} from '@crmjira/form-data';
import type { ApprovalView } from './approval-view';

export interface ApprovalCardProps {
  readonly view: ApprovalView;
  /** change of state, for those who cannot see it */
  readonly news: string;
  readonly look: Look;
  readonly id: string;
  readonly comment: string;
  readonly onComment: (text: string) => void;
  readonly onAction: (action: ActionView) => void;
}

/** Characters of `crmjira_comment`. */
const LONGEST_COMMENT = 2_000;

/** Draws an ApprovalView; decides nothing. */
export function ApprovalCard(props: ApprovalCardProps): React.ReactElement {
  const { view, look, id } = props;
  const { lead, message, reason, field, facts, history } = view;
  return (
    <ControlRoot look={look} labelledBy={id} narrow={view.narrow} busy={!!view.loading}>
      <div className="crmjira-approval">
        <Heading id={id} title={view.title} chips={view.chip ? [view.chip] : []}>
          {view.amount && <b>{view.amount}</b>}
        </Heading>
        {view.loading && <Skeleton label={view.loading} />}
        {view.by && <p className="crmjira-sub crmjira-small">{view.by}</p>}
        {lead && (
          <p className="crmjira-lead">
            <b>{lead[0]}</b> <span className="crmjira-sub">{lead[1]}</span>
          </p>
        )}
        {view.lede && <p className="crmjira-sub">{view.lede}</p>}
        {message && (
          <div id={`${id}-message`}>
            <Message {...message} />
          </div>
        )}
        {facts && (
          <dl>
            {facts.map(({ label, value, spoken, aside, bars }) => (
              <div key={label}>
                <dt>{label}</dt>
                <dd>
                  <b aria-hidden={!!spoken}>{value}</b>
                  {spoken && <span className="crmjira-hidden">{spoken}</span>} <small>{aside}</small>
                  {bars && <i className={`crmjira-bars crmjira-bars-${bars.level}`} style={bars.sizes} />}
                </dd>
              </div>
            ))}
          </dl>
        )}
        {reason && (
          <p className="crmjira-small crmjira-reason">
            <span className="crmjira-sub">{reason[0]}</span> {reason[1]}
          </p>
        )}
        {field && (
          <div className="crmjira-field">
            <label htmlFor={`${id}-comment`}>{field.label}</label>
            <textarea
              id={`${id}-comment`}
              rows={2}
              maxLength={LONGEST_COMMENT}
              value={field.kept ?? props.comment}
              readOnly={!!field.kept}
              onChange={(event) => props.onComment(event.target.value)}
              aria-invalid={!!field.error}
              aria-describedby={`${id}-error`}
            />
            <p id={`${id}-error`} role="alert">
              {field.error}
            </p>
          </div>
        )}
        <ActionButtons actions={view.actions} onAction={props.onAction} />
        {view.note && <p className="crmjira-sub crmjira-note">{view.note}</p>}
        <Live told={view.told} news={props.news} />
        {history?.[0] && (
          <React.Fragment>
            <h4>{view.historyTitle}</h4>
            <ol>
              {history.map(({ by, amount, comment, ...mark }, index) => (
                <li key={index}>
                  <Chip {...mark} />
                  <span className="crmjira-sub">{by}</span>
                  <b>{amount}</b>
                  {comment && <q>{comment}</q>}
                </li>
              ))}
            </ol>
          </React.Fragment>
        )}
      </div>
    </ControlRoot>
  );
}
