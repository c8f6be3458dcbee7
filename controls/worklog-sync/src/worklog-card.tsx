/** @jsx h */
import {
  ActionButtons,
  ControlRoot,
  Heading,
  type HostFacts,
  Icon,
  Live,
  Message,
  NARROW_BELOW,
  Skeleton,
  type Words,
  h,
} from '@crmjira/form-data';
import type * as React from 'react';
import type { StringKey } from './generated/string-keys';
import type { WorklogView } from './worklog-view';

export interface WorklogCardProps {
  readonly view: WorklogView;
  readonly host: HostFacts;
  readonly id: string;
  readonly news: string;
  readonly told: string;
  readonly say: Words<StringKey>;
  readonly onAction: (name: string) => void;
  readonly children: React.ReactNode;
}

/** Draws a WorklogView; decides nothing. */
export function WorklogCard({ view, host, id, say, onAction, ...props }: WorklogCardProps): React.ReactElement {
  const { facts, changes, url } = view;
  const word = (name: string, text: string): React.ReactElement => (
    <button type="button" className="crmjira-linkbutton" onClick={() => onAction(name)}>
      {text}
    </button>
  );
  return (
    <ControlRoot look={host.look} labelledBy={id} narrow={host.width < NARROW_BELOW} busy={!!view.loading}>
      <div className="crmjira-worklog">
        <Heading id={id} title={say('w.title')} chips={view.chips} />
        {view.loading && <Skeleton label={view.loading} />}
        {view.lede && <p className="crmjira-sub">{view.lede}</p>}
        {facts?.length ? (
          <dl>
            {facts.map(([name, value]) => (
              <div key={name}>
                <dt>{name}</dt>
                <dd className="crmjira-number">{value}</dd>
              </div>
            ))}
          </dl>
        ) : null}
        {view.message && <Message {...view.message} />}
        {changes?.length ? (
          <table>
            <thead>
              <tr>
                <td />
                <th scope="col">{view.inJira}</th>
                <th scope="col">{say('w.here')}</th>
              </tr>
            </thead>
            <tbody>
              {changes.map(({ name, there, here }) => (
                <tr key={name}>
                  <th scope="row">{name}</th>
                  <td>{there}</td>
                  <td>
                    <b>{here}</b>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        ) : null}
        {view.needs && (
          <ul>
            {view.needs.map(({ text, isMet }) => (
              <li key={text} className={isMet ? 'crmjira-met' : ''}>
                <Icon name={isMet ? 'Completed' : 'CircleRing'} />
                {isMet ? text : <b>{text}</b>}
              </li>
            ))}
          </ul>
        )}
        {view.note && <p className="crmjira-sub crmjira-small">{view.note}</p>}
        <div className="crmjira-row">
          <ActionButtons actions={view.actions} onAction={({ name }) => onAction(name)} />
          {view.leave && word('leave', view.leave)}
        </div>
        {(url || view.mayRemove) && (
          <div className="crmjira-foot crmjira-small">
            {url && (
              <a href={url} title={say('opensNewTab')} target="_blank" rel="noreferrer noopener">
                {say('open')} <Icon name="OpenInNewWindow" />
              </a>
            )}
            {view.mayRemove && word('ask', say('w.rem'))}
          </div>
        )}
        <Live told={props.told} news={props.news} />
        {props.children}
      </div>
    </ControlRoot>
  );
}
