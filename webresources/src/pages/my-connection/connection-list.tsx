import * as React from 'react';
import type { PageFacts } from '../platform/start-page';
import { ConnectionCard } from './connection-card';
import { CommandState } from '@crmjira/domain';
import { isAnswered } from '../../commands/ask-about';
import type { Connection, ConnectionSay } from './connection-view';
import type { AskedConnection } from './use-connection-commands';

export interface ListProps {
  readonly connections: readonly Connection[];
  /** what was asked for from this page */
  readonly all: readonly AskedConnection[];
  readonly facts: PageFacts;
  readonly say: ConnectionSay;
  readonly now: string;
  readonly onUse: (connection: Connection) => void;
  readonly onTest: (connection: Connection) => void;
  readonly onEdit: (connection: Connection) => void;
  readonly onSignIn: (connection: Connection) => void;
  readonly onDelete: (connection: Connection) => void;
  readonly onInbound: (connection: Connection, isInbound: boolean) => void;
}

const FORWARD = ['ArrowDown', 'ArrowRight'];
const BACK = ['ArrowUp', 'ArrowLeft'];

/** Arrows go from one connection to the next, and change nothing: only the choice itself does. */
function move(event: React.KeyboardEvent<HTMLElement>): void {
  const step = FORWARD.includes(event.key) ? 1 : BACK.includes(event.key) ? -1 : 0;
  const { target } = event;
  if (step === 0 || !(target instanceof HTMLInputElement) || target.type !== 'radio') return;
  event.preventDefault();
  const all = [...event.currentTarget.querySelectorAll<HTMLInputElement>('input[type=radio]')];
  all[(all.indexOf(target) + step + all.length) % all.length]?.focus();
}

export function ConnectionList(props: ListProps): React.ReactElement {
  const { connections, all, facts, say, now } = props;
  const busy = new Set(all.flatMap((one) => (isAnswered(one.asked) ? [] : one.kind.connection)));
  // What has just been chosen, until the rows show it.
  const chosen = all.filter(({ asked }) => !isAnswered(asked) || asked.state === CommandState.Done);
  const inbound = new Map(
    chosen.flatMap(({ kind }) => (kind.isInbound === undefined ? [] : [[kind.connection, kind.isInbound] as const])),
  );
  const active = connections.findIndex(({ isActive }) => isActive);
  return (
    <div role="radiogroup" aria-label={say('title')} onKeyDown={move}>
      {connections.map((connection, index) => (
        <ConnectionCard
          key={connection.id}
          {...{ connection, facts, say, now }}
          isBusy={busy.has(connection.id)}
          isInbound={inbound.get(connection.id) ?? connection.isInbound}
          isReached={index === Math.max(active, 0)}
          onUse={() => props.onUse(connection)}
          onTest={() => props.onTest(connection)}
          onEdit={() => props.onEdit(connection)}
          onSignIn={() => props.onSignIn(connection)}
          onDelete={() => props.onDelete(connection)}
          onInbound={(isInbound) => props.onInbound(connection, isInbound)}
        />
      ))}
    </div>
  );
}
