import * as React from 'react';
import { type OwnConnection, Chip } from '@crmjira/form-data';
import type { timeSyncTexts } from '../../strings/generated/time-sync';
import { openPage } from '../platform/open-page';
import type { Say } from '../platform/page-words';

/** By which Jira the person's time is logged; leads to where that is set (R-1816). */
export function ConnectionChip(props: {
  readonly connection: OwnConnection | null;
  readonly say: Say<typeof timeSyncTexts>;
}): React.ReactElement {
  const { connection, say } = props;
  const host = URL.parse(connection?.url ?? '')?.host ?? '';
  return (
    <button type="button" className="time-connection" onClick={() => openPage('my-connection')}>
      {connection === null ? (
        <Chip tone="neutral" icon="PlugDisconnected" text={say('notConnected')} />
      ) : connection.isWorking ? (
        <Chip tone="ok" icon="PlugConnected" text={say('connected', { h: host })} />
      ) : (
        <Chip tone="over" icon="PlugDisconnected" text={say('signInAgain')} />
      )}
    </button>
  );
}
