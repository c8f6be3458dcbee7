import * as React from 'react';
import { type Language, connectionProblemText } from '@crmjira/domain';
import { Chip } from '@crmjira/form-data';
import { PageButton, type PageButtonProps } from '../platform/page-button';
import type { PageFacts } from '../platform/start-page';
import { type Connection, type ConnectionSay, type Health, healthOf, kindOf, takesToken } from './connection-view';

export interface CardProps {
  readonly connection: Connection;
  readonly isBusy: boolean;
  /** what has just been chosen, until the row shows it */
  readonly isInbound: boolean;
  readonly facts: PageFacts;
  readonly say: ConnectionSay;
  readonly now: string;
  /** in the order of the Tab key there is one of the group */
  readonly isReached: boolean;
  readonly onUse: () => void;
  readonly onTest: () => void;
  readonly onEdit: () => void;
  readonly onSignIn: () => void;
  readonly onDelete: () => void;
  readonly onInbound: (isInbound: boolean) => void;
}

/** One connection: where, as whom, how it is, and what can be done with it. */
export function ConnectionCard(props: CardProps): React.ReactElement {
  const { connection, isBusy, isInbound, say, isReached } = props;
  const { host, isActive, authType, email, displayName, integrationId } = connection;
  const health = healthOf(connection);
  const who = (authType !== null && kindOf(authType) === 'apiToken' ? email : displayName) ?? email ?? '';
  const button = (
    what: 'use' | 'test' | 'edit' | 'delete' | 'signInAgain',
    icon: NonNullable<PageButtonProps['icon']>,
    onClick: () => void,
  ): React.ReactElement => (
    <PageButton
      text={say(what)}
      label={say('doTo', { what: say(what), h: host })}
      icon={icon}
      look="small"
      disabled={isBusy}
      onClick={onClick}
    />
  );
  return (
    <div className="connection">
      <input
        type="radio"
        name="connection"
        className="page-check"
        checked={isActive}
        tabIndex={isReached ? 0 : -1}
        aria-label={say('doTo', { what: say('use'), h: host })}
        aria-disabled={isBusy}
        onChange={() => isBusy || props.onUse()}
      />
      <div className="connection-name">
        <b className="crmjira-strong">{host}</b>
        {isActive && <Chip tone="ok" icon="Completed" text={say('active')} />}
        {health === 'refused' && <Chip tone="over" icon="ErrorBadge" text={say('signInAgain')} />}
        {(health === 'silent' || health === 'failing') && <Chip tone="warn" icon="Warning" text={say('failing')} />}
      </div>
      <p className="crmjira-sub">{[say(kindOf(authType)), who].filter(Boolean).join(' · ')}</p>
      <p className="crmjira-sub">{stateText(connection, health, props)}</p>
      {integrationId !== null && kindOf(authType) !== 'otherKind' && (
        <label className="connection-inbound">
          <input
            type="checkbox"
            role="switch"
            className="page-switch"
            checked={isInbound}
            aria-label={say('doTo', { what: say('inbound'), h: host })}
            aria-disabled={isBusy}
            onChange={() => isBusy || props.onInbound(!isInbound)}
          />
          <span>
            {say('inbound')}
            <span className="crmjira-sub">{say('inboundHint')}</span>
          </span>
        </label>
      )}
      <div className="connection-buttons">
        {health === 'refused' ? (
          integrationId !== null && button('signInAgain', 'Key', props.onSignIn)
        ) : (
          <>
            {!isActive && button('use', 'Accept', props.onUse)}
            {button('test', 'Sync', props.onTest)}
            {takesToken(authType) && integrationId !== null && button('edit', 'Edit', props.onEdit)}
          </>
        )}
        {button('delete', 'Delete', props.onDelete)}
      </div>
    </div>
  );
}

/** What the last test found; of a failure what happened and what to do. */
function stateText(
  { host, email, lastTest }: Connection,
  health: Health,
  { say, facts: { format, language }, now }: { say: ConnectionSay; facts: PageFacts; now: string },
): string {
  if (lastTest === null) return say('neverTested');
  const d = format.time(lastTest.on, now);
  if (health === 'working')
    return say('tested', { d, s: `${format.number(Math.max(0.1, (lastTest.ms ?? 0) / 1_000), 1)}\u00a0s` });
  if (lastTest.reason === 'refused') return say('refused', { d });
  return problemText(lastTest.reason, host, email, language);
}

const problemText = (
  reason: NonNullable<Connection['lastTest']>['reason'],
  host: string,
  email: string | null,
  language: Language,
): string => connectionProblemText(reason ?? 'unknown', { host, email }, false, language);
