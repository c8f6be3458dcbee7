import * as React from 'react';
import { AuthType, CommandState } from '@crmjira/domain';
import { Chip } from '@crmjira/form-data';
import { isAnswered } from '../../commands/ask-about';
import type { NoticeView } from '../platform/notice';
import { openPage } from '../platform/open-page';
import { PageButton } from '../platform/page-button';
import { PageFrame } from '../platform/page-frame';
import { failureMessage, sayIn } from '../platform/page-words';
import type { PageFacts } from '../platform/start-page';
import { useReading } from '../platform/use-reading';
import { ConnectionEntry, type Entry } from './connection-entry';
import { ConnectionList } from './connection-list';
import { type Connection, indicator, kindOf, takesToken } from './connection-view';
import { DeleteDialog } from './delete-dialog';
import { noticeOf } from './outcome';
import { hostIn, readConnections } from './read-connections';
import { TokenHelp } from './token-help';
import { type AskedConnection, useConnectionCommands } from './use-connection-commands';
import { addressOf, useSignIn } from './use-sign-in';
import { useSignedIn } from './use-signed-in';
import { WeekCard, readWeek } from './week-card';
import { myConnectionTexts } from '../../strings/generated/my-connection';

/** Milliseconds between two readings while the page is seen, and while somebody signs in elsewhere. */
const READ_EVERY = 60_000;
const READ_OFTEN = 5_000;

/** A person's own connections to Jira (R-1802, R-1803, R-1821 to R-1823). */
export function ConnectionPage({ facts }: { readonly facts: PageFacts }): React.ReactElement {
  const { language, format } = facts;
  const say = sayIn(myConnectionTexts, language);
  const [often, readOften] = React.useState(false);
  const read = React.useCallback(
    async () => ({
      connections: await readConnections(),
      // Beside the connections it is a courtesy: without it the page does what it is for.
      week: await readWeek(format).catch((error: unknown) => {
        console.error('The time of this week could not be read.', error);
        return null;
      }),
    }),
    [format],
  );
  const [reading, again] = useReading(read, often ? READ_OFTEN : READ_EVERY);
  const commands = useConnectionCommands(language, again);
  const { all, drop } = commands;
  const openWindow = useSignIn(all);
  const [entry, setEntry] = React.useState<Entry | null>(null);
  const [kind, setKind] = React.useState<AuthType>(AuthType.ApiToken);
  const [deleted, setDeleted] = React.useState<Connection | null>(null);
  const list = React.useRef<HTMLElement>(null);
  const now = new Date().toISOString();
  const { readAt } = reading;
  const connections = reading.value?.connections ?? null;
  const failure = failureMessage(reading, language, format, now);

  const lastOf = (what: AskedConnection['kind']['what'], connection?: string): AskedConnection | null =>
    all.filter((one) => one.kind.what === what && (connection ?? one.kind.connection) === one.kind.connection).at(-1) ??
    null;
  const sites = lastOf('sites');
  const saving = entry === null ? null : lastOf('save', entry.id);
  const isSaved = saving?.asked.state === CommandState.Done;
  const close = React.useCallback((): void => {
    setEntry(null);
    list.current?.focus();
  }, []);
  React.useEffect(() => {
    if (isSaved) close();
  }, [isSaved, close]);
  // Of a connection that is gone the button is gone too, and the focus with it.
  React.useEffect(() => {
    if (document.activeElement === document.body && all.some((one) => one.kind.what === 'delete'))
      list.current?.focus();
  }, [connections, all]);
  const isSigningIn = all.some((one) => one.kind.what === 'oauth' && addressOf(one.asked) !== null);
  React.useEffect(() => readOften(isSigningIn), [isSigningIn]);
  useSignedIn(connections, isSigningIn, () => {
    all.filter((one) => one.kind.what === 'oauth').forEach(({ no }) => drop(no));
    close();
  });

  const add = (): void => {
    setEntry({ edits: null, id: crypto.randomUUID() });
    if (sites === null || (isAnswered(sites.asked) && sites.asked.state !== CommandState.Done)) commands.findSites();
  };
  const edit = (connection: Connection): void => setEntry({ edits: connection, id: connection.id });
  const signIn = (integration: string, host: string, connection: string | null): void => {
    openWindow();
    commands.signIn(integration, host, connection);
  };
  const signInAgain = (connection: Connection): void => {
    const { id, host, authType, integrationId } = connection;
    if (takesToken(authType)) edit(connection);
    else if (integrationId !== null) signIn(integrationId, host, id);
  };

  const noticeFor = (one: AskedConnection): NoticeView => {
    const dismiss = { text: say('dismiss'), onClick: () => drop(one.no) };
    const address = one.kind.what === 'oauth' ? addressOf(one.asked) : null;
    if (address !== null) {
      const open = { text: say('openAtlassian'), onClick: () => void window.open(address, '_blank', 'noopener') };
      const actions = [open, dismiss];
      return { tone: 'brand', icon: 'OpenInNewWindow', strong: say('openHere'), text: say('waits'), actions };
    }
    const notice = noticeOf(one, say, language);
    return isAnswered(one.asked) ? { ...notice, actions: [dismiss] } : notice;
  };
  const helpOf = kindOf(entry === null ? AuthType.ApiToken : kind) === 'pat' ? 'pat' : 'apiToken';
  const hasNone = connections?.length === 0;
  return (
    <PageFrame
      dark={facts.dark}
      title={say('title')}
      note={
        readAt === null ? (failure === null ? say('loading') : '') : say('updated', { t: format.time(readAt, now) })
      }
      messages={failure === null ? [] : [failure]}
      notices={all.filter((one) => one !== saving && one.kind.what !== 'sites').map(noticeFor)}
      told=""
      busy={connections === null && failure === null}
      commandsName={say('commands')}
      commands={
        <>
          <PageButton text={say('add')} icon="Add" look="command" onClick={add} />
          <PageButton text={say('history')} icon="Clock" look="command" onClick={() => openPage('sync-history')} />
          <PageButton text={say('refresh')} icon="Sync" look="command" onClick={again} />
        </>
      }
      actions={connections !== null && <Chip {...indicator(connections, say, format, now)} />}
    >
      {connections !== null && (
        <div className="connection-columns">
          <section className="page-card" aria-label={say('title')} ref={list} tabIndex={-1}>
            {!hasNone && (
              <>
                <p className="crmjira-sub connection-lead">
                  {say(connections.some(({ isActive }) => isActive) ? 'lead' : 'leadNone')}
                </p>
                <ConnectionList
                  {...{ connections, all, facts, say, now }}
                  onUse={(connection) => commands.about('use', connection)}
                  onTest={(connection) => commands.about('test', connection)}
                  onEdit={edit}
                  onSignIn={signInAgain}
                  onDelete={setDeleted}
                  onInbound={commands.setInbound}
                />
              </>
            )}
            {hasNone && entry === null && (
              <>
                <h2>{say('none')}</h2>
                <p className="connection-lead">{say('noneNext')}</p>
              </>
            )}
            {entry === null ? (
              <div className="connection-foot">
                <PageButton text={say('add')} icon="Add" look="primary" onClick={add} />
                {!hasNone && <span className="crmjira-sub">{say('note')}</span>}
              </div>
            ) : (
              <ConnectionEntry
                {...{ entry, sites, saving, commands, facts, say }}
                onKind={setKind}
                onSignIn={({ integration, url }) => signIn(integration, hostIn(url), null)}
                onClose={close}
              />
            )}
          </section>
          <div className="connection-aside">
            <TokenHelp kind={helpOf} say={say} />
            {reading.value?.week && <WeekCard week={reading.value.week} say={say} />}
          </div>
        </div>
      )}
      {deleted !== null && (
        <DeleteDialog
          connection={deleted}
          all={connections ?? []}
          say={say}
          onDelete={() => {
            commands.about('delete', deleted);
            setDeleted(null);
          }}
          onClose={() => setDeleted(null)}
        />
      )}
    </PageFrame>
  );
}
