import * as React from 'react';
import type { AuthType } from '@crmjira/domain';
import { CommandState } from '@crmjira/domain';
import { isAnswered } from '../../commands/ask-about';
import { Notice } from '../platform/notice';
import { PageButton } from '../platform/page-button';
import type { PageFacts } from '../platform/start-page';
import { ConnectionForm } from './connection-form';
import { type Connection, type ConnectionSay, type Site, sitesIn } from './connection-view';
import { noticeOf } from './outcome';
import type { AskedConnection, ConnectionCommands } from './use-connection-commands';

/** What is entered: a change of a connection, or a new one under an id of its own. */
export interface Entry {
  readonly edits: Connection | null;
  readonly id: string;
}

/** The form; of a new connection, once it is known which Jira sites there are. */
export function ConnectionEntry(props: {
  readonly entry: Entry;
  /** the search for the sites; null: nobody has asked yet */
  readonly sites: AskedConnection | null;
  readonly saving: AskedConnection | null;
  readonly commands: ConnectionCommands;
  readonly facts: PageFacts;
  readonly say: ConnectionSay;
  readonly onKind: (kind: AuthType) => void;
  readonly onSignIn: (site: Site) => void;
  readonly onClose: () => void;
}): React.ReactElement {
  const { entry, sites, saving, commands, facts, say, onKind, onSignIn, onClose } = props;
  const { edits, id } = entry;
  const lacksSites = edits === null && sites?.asked.state !== CommandState.Done;
  return (
    <div className="connection-foot connection-entry">
      <h2>{edits === null ? say('add') : say('editTitle', { h: edits.host })}</h2>
      {lacksSites ? (
        <>
          <div role="status">
            {sites !== null && (
              <Notice
                {...noticeOf(sites, say, facts.language)}
                actions={isAnswered(sites.asked) ? [{ text: say('again'), onClick: commands.findSites }] : []}
              />
            )}
          </div>
          <PageButton text={say('cancel')} onClick={onClose} />
        </>
      ) : (
        <ConnectionForm
          key={id}
          of={edits === null ? { edits, id, sites: sitesIn(sites?.asked.answer) } : { edits }}
          asked={saving?.asked.state === CommandState.Done ? null : saving}
          {...{ facts, say, onKind, onSignIn, onClose }}
          onSave={commands.save}
        />
      )}
    </div>
  );
}
