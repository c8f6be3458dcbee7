import * as React from 'react';
import { AuthType, CommandState } from '@crmjira/domain';
import { Chip } from '@crmjira/form-data';
import { isAnswered } from '../../commands/ask-about';
import { Notice, type NoticeView } from '../platform/notice';
import { PageButton } from '../platform/page-button';
import { PageFrame } from '../platform/page-frame';
import { failureMessage, sayIn } from '../platform/page-words';
import type { PageFacts } from '../platform/start-page';
import { useReading } from '../platform/use-reading';
import { ConnectionForm } from './connection-form';
import { ConnectionList } from './connection-list';
import { type Connection, indicator, kindOf, sitesIn, takesToken } from './connection-view';
import { DeleteDialog } from './delete-dialog';
import { noticeOf } from './outcome';
import { hostIn, readConnections } from './read-connections';
import { TokenHelp } from './token-help';
import { type AskedConnection, useConnectionCommands } from './use-connection-commands';
import { addressOf, useSignIn } from './use-sign-in';
import { myConnectionTexts } from '../../strings/generated/my-connection';

/** Milliseconds between two readings while the page is seen, and while somebody signs in elsewhere. */
const READ_EVERY = 60_000;
const READ_OFTEN = 5_000;

type Form = { readonly edits: Connection | null; readonly id: string };

/** A person's own connections to Jira (R-1802, R-1803, R-1821 to R-1823). */
export function ConnectionPage({ facts }: { readonly facts: PageFacts }): React.ReactElement {
  const { language, format } = facts;
  const say = sayIn(myConnectionTexts, language);
  const [signsIn, setSignsIn] = React.useState(false);
  const [reading, again] = useReading(readConnections, signsIn ? READ_OFTEN : READ_EVERY);
  const commands = useConnectionCommands(language, again);
  const { all, drop } = commands;
  const openWindow = useSignIn(all);
  const [form, setForm] = React.useState<Form | null>(null);
  const [kind, setKind] = React.useState<AuthType>(AuthType.ApiToken);
  const [deleted, setDeleted] = React.useState<Connection | null>(null);
  const list = React.useRef<HTMLElement>(null);
  const now = new Date().toISOString();
  const { value, readAt } = reading;
  const failure = failureMessage(reading, language, format, now);

  const lastOf = (what: AskedConnection['kind']['what'], connection?: string): AskedConnection | null =>
    all.filter((one) => one.kind.what === what && (connection ?? one.kind.connection) === one.kind.connection).at(-1) ??
    null;
  const sites = lastOf('sites');
  const saving = form === null ? null : lastOf('save', form.id);
  const isSaved = saving?.asked.state === CommandState.Done;
  const close = React.useCallback((): void => {
    setForm(null);
    list.current?.focus();
  }, []);
  React.useEffect(() => {
    if (isSaved) close();
  }, [isSaved, close]);
  // Of a connection that is gone the button is gone too, and the focus with it.
  React.useEffect(() => {
    if (document.activeElement === document.body && all.some((one) => one.kind.what === 'delete'))
      list.current?.focus();
  }, [value, all]);
  // Signed in elsewhere: the row that the service has written tells.
  const isSigningIn = all.some((one) => one.kind.what === 'oauth' && addressOf(one.asked) !== null);
  React.useEffect(() => setSignsIn(isSigningIn), [isSigningIn]);
  const signedIn = (value ?? []).map(({ id, authType, lastTest }) =>
    authType === AuthType.OAuth203Lo ? `${id} ${lastTest?.on ?? ''}` : '',
  );
  const before = React.useRef<ReadonlySet<string> | null>(null);
  React.useEffect(() => {
    if (!isSigningIn) {
      before.current = new Set(signedIn);
    } else if (before.current !== null && signedIn.some((one) => !before.current?.has(one))) {
      for (const {
        no,
        kind: { what },
      } of all)
        if (what === 'oauth') drop(no);
      close();
    }
  });

  const add = (): void => {
    setForm({ edits: null, id: crypto.randomUUID() });
    if (sites === null || (isAnswered(sites.asked) && sites.asked.state !== CommandState.Done)) commands.findSites();
  };
  const edit = (connection: Connection): void => setForm({ edits: connection, id: connection.id });
  const signIn = (integration: string, host: string, connection: string | null): void => {
    openWindow();
    commands.signIn(integration, host, connection);
  };
  const signInAgain = (connection: Connection): void =>
    takesToken(connection.authType)
      ? edit(connection)
      : connection.integrationId === null
        ? undefined
        : signIn(connection.integrationId, connection.host, connection.id);

  const busy = new Set(all.flatMap((one) => (isAnswered(one.asked) ? [] : one.kind.connection)));
  const inbound = new Map(
    all.flatMap((one) =>
      one.kind.isInbound !== undefined && (!isAnswered(one.asked) || one.asked.state === CommandState.Done)
        ? [[one.kind.connection, one.kind.isInbound]]
        : [],
    ),
  );
  const isWaiting = sites === null || !isAnswered(sites.asked);
  const noticeFor = (one: AskedConnection): NoticeView => {
    const dismiss = { text: say('dismiss'), onClick: () => drop(one.no) };
    const address = addressOf(one.asked);
    if (one.kind.what === 'oauth' && address !== null)
      return {
        tone: 'brand',
        icon: 'OpenInNewWindow',
        strong: say('openHere'),
        text: say('waits'),
        actions: [{ text: say('openAtlassian'), onClick: () => window.open(address, '_blank', 'noopener') }, dismiss],
      };
    const notice = noticeOf(one, say, language);
    return isAnswered(one.asked) ? { ...notice, actions: [dismiss] } : notice;
  };
  const addButton = <PageButton text={say('add')} icon="Add" look="primary" onClick={add} />;
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
      busy={value === null && failure === null}
      commandsName={say('commands')}
      commands={
        <>
          <PageButton text={say('add')} icon="Add" look="command" onClick={add} />
          <PageButton text={say('refresh')} icon="Sync" look="command" onClick={again} />
        </>
      }
      actions={value !== null && <Chip {...indicator(value, say, format, now)} />}
    >
      {value !== null && (
        <div className="connection-columns">
          <section className="page-card" aria-label={say('title')} ref={list} tabIndex={-1}>
            {value.length > 0 ? (
              <p className="crmjira-sub connection-lead">{say('lead')}</p>
            ) : (
              form === null && (
                <>
                  <h2>{say('none')}</h2>
                  <p className="connection-lead">{say('noneNext')}</p>
                </>
              )
            )}
            {value.length > 0 && (
              <ConnectionList
                {...{ busy, inbound, facts, say, now }}
                connections={value}
                onUse={(connection) => commands.about('use', connection)}
                onTest={(connection) => commands.about('test', connection)}
                onEdit={edit}
                onSignIn={signInAgain}
                onDelete={setDeleted}
                onInbound={commands.setInbound}
              />
            )}
            {form === null ? (
              <div className="connection-foot">
                {addButton}
                {value.length > 0 && <span className="crmjira-sub">{say('note')}</span>}
              </div>
            ) : (
              <div className="connection-foot connection-entry">
                <h2>{form.edits === null ? say('add') : say('editTitle', { h: form.edits.host })}</h2>
                {form.edits === null && (isWaiting || sites.asked.state !== CommandState.Done) ? (
                  <>
                    <div role="status">
                      {sites !== null && (
                        <Notice
                          {...noticeOf(sites, say, language)}
                          actions={isWaiting ? [] : [{ text: say('again'), onClick: commands.findSites }]}
                        />
                      )}
                    </div>
                    <PageButton text={say('cancel')} onClick={close} />
                  </>
                ) : (
                  <ConnectionForm
                    key={form.id}
                    of={
                      form.edits === null
                        ? { edits: null, id: form.id, sites: sitesIn(sites?.asked.answer) }
                        : { edits: form.edits }
                    }
                    asked={isSaved ? null : saving}
                    {...{ facts, say }}
                    onKind={setKind}
                    onSave={commands.save}
                    onSignIn={({ integration, url }) => signIn(integration, hostIn(url), null)}
                    onClose={close}
                  />
                )}
              </div>
            )}
          </section>
          <div className="connection-aside">
            <TokenHelp
              kind={kindOf(form === null ? AuthType.ApiToken : kind) === 'pat' ? 'pat' : 'apiToken'}
              say={say}
            />
          </div>
        </div>
      )}
      {deleted !== null && (
        <DeleteDialog
          connection={deleted}
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
