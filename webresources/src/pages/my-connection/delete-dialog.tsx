import { nextActive } from '@crmjira/domain';
import * as React from 'react';
import { Notice } from '../platform/notice';
import { PageButton } from '../platform/page-button';
import { PageDialog } from '../platform/page-dialog';
import type { Connection, ConnectionSay } from './connection-view';

/** Asks before a connection and its token go, and says what happens to the time that is in Jira (R-1802). */
export function DeleteDialog(props: {
  readonly connection: Connection;
  readonly all: readonly Connection[];
  readonly say: ConnectionSay;
  readonly onDelete: () => void;
  readonly onClose: () => void;
}): React.ReactElement {
  const { connection, all, say, onDelete, onClose } = props;
  const next = nextActive(all.filter(({ id }) => id !== connection.id));
  const active = next === null ? say('deleteActive') : say('deleteActiveNext', { h: next.host });
  return (
    <PageDialog title={say('deleteTitle', { h: connection.host })} close={say('cancel')} onClose={onClose}>
      <div className="page-dialogbody">
        <p>{say('deleteText')}</p>
        {connection.isActive && <Notice tone="warn" icon="Warning" strong={active} text="" />}
      </div>
      <div className="page-dialogfoot">
        <PageButton text={say('delete')} look="primary" onClick={onDelete} />
        <PageButton text={say('cancel')} onClick={onClose} />
      </div>
    </PageDialog>
  );
}
