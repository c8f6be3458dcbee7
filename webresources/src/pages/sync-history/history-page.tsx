import * as React from 'react';
import { mondayOf } from '@crmjira/domain';
import { isAnswered } from '../../commands/ask-about';
import { syncHistoryTexts } from '../../strings/generated/sync-history';
import { timeSyncTexts } from '../../strings/generated/time-sync';
import type { NoticeView } from '../platform/notice';
import { openPage } from '../platform/open-page';
import { PageButton } from '../platform/page-button';
import { PageFrame } from '../platform/page-frame';
import { failureMessage, sayIn } from '../platform/page-words';
import type { PageFacts } from '../platform/start-page';
import { type Asking, useAsked } from '../platform/use-asked';
import { useReading } from '../platform/use-reading';
import { ConnectionChip } from '../time-sync/connection-chip';
import { Pager } from '../time-sync/pager';
import { failedOf, runNotice, syncOf } from '../time-sync/run-notice';
import { AttemptTable } from './attempt-table';
import { Filters } from './filters';
import { type Attempt, type Filter, PER_PAGE, type Sort, fitting, retries, sorted } from './history-view';
import { readHistory } from './read-history';

/** Milliseconds between two readings while the page is seen. */
const READ_EVERY = 30_000;

const NEWEST: Sort = { key: 'at', descending: true };

/** From Monday of this week; of one record all. */
function firstFilter({ format, settings }: PageFacts): Filter {
  if (settings.recordId !== null) return { from: '', to: '', status: 'all', most: 50 };
  const to = format.dayOf(new Date().toISOString());
  return { from: mondayOf(to), to, status: 'all', most: 50 };
}

/** What was sent to Jira of the person's time, and what came of it (R-1812, R-1832). */
export function HistoryPage({ facts }: { readonly facts: PageFacts }): React.ReactElement {
  const { language, format, settings } = facts;
  const say = sayIn(syncHistoryTexts, language);
  const sayTime = sayIn(timeSyncTexts, language);
  const speaking = { say: sayTime, format };
  const [filter, setFilter] = React.useState(() => firstFilter(facts));
  const [sort, setSort] = React.useState(NEWEST);
  const [page, setPage] = React.useState(0);
  const read = React.useCallback(() => {
    const { userId } = Xrm.Utility.getGlobalContext().userSettings;
    return readHistory(filter, settings.recordId, userId.replace(/[{}]/g, '').toLowerCase(), format, language);
  }, [filter, settings.recordId, format, language]);
  const [reading, again] = useReading(read, READ_EVERY);
  /** Each knows the records that it was asked about. */
  const { all, ask, drop } = useAsked<readonly string[]>(again);
  const done = all.reduce((sum, { asked }) => sum + asked.done, 0);
  // What one record has got is shown before the last one is done.
  React.useEffect(() => {
    if (done > 0) again();
  }, [done, again]);
  const now = new Date().toISOString();
  const { value: history, readAt } = reading;
  const failure = failureMessage(reading, language, format, now);
  const running = new Set(all.flatMap(({ kind, asked }) => (isAnswered(asked) ? [] : kind)));
  const retryable = retries(history?.attempts ?? [], running);
  const recordsOf = (attempts: readonly Attempt[]): readonly string[] =>
    attempts.flatMap(({ id, record }) => (retryable.get(id) === 'offered' && record !== null ? record.id : []));
  const failed = recordsOf(history?.attempts ?? []);
  const sync = (records: readonly string[]): void => {
    if (records.length > 0) ask(records, syncOf(records, language));
  };
  const change = (next: Filter): void => {
    setFilter(next);
    setPage(0);
  };
  const noticeOf = ({ no, kind, asked }: Asking<readonly string[]>): NoticeView => {
    const notice = runNotice(asked, kind.length, speaking);
    if (!isAnswered(asked)) return notice;
    const left = failedOf(asked);
    const retry = {
      text: sayTime('retryFailed'),
      icon: 'Sync' as const,
      onClick: () => {
        drop(no);
        sync(left);
      },
    };
    const dismiss = { text: sayTime('dismiss'), onClick: () => drop(no) };
    return { ...notice, actions: left.length > 1 ? [retry, dismiss] : [dismiss] };
  };
  const list = sorted(history?.attempts ?? [], sort);
  const pages = Math.ceil(list.length / PER_PAGE);
  const at = Math.min(page, Math.max(pages - 1, 0));
  const shown = list.slice(at * PER_PAGE, (at + 1) * PER_PAGE);
  return (
    <PageFrame
      dark={facts.dark}
      title={say('title')}
      subtitle={settings.recordId === null ? undefined : say('ofRecord')}
      note={
        readAt === null ? (failure === null ? sayTime('loading') : '') : say('updated', { t: format.time(readAt, now) })
      }
      messages={failure === null ? [] : [failure]}
      notices={all.map(noticeOf)}
      told=""
      busy={history === null && failure === null}
      commandsName={sayTime('commands')}
      commands={
        <>
          <PageButton text={say('refresh')} icon="Sync" look="command" onClick={again} />
          <PageButton
            text={say('retryAll')}
            icon="Undo"
            look="command"
            disabled={failed.length === 0}
            onClick={() => sync(failed)}
          />
          <PageButton
            text={say('myConnections')}
            icon="Link"
            look="command"
            onClick={() => openPage('my-connection')}
          />
          <PageButton
            text={say('clearFilters')}
            icon="Filter"
            look="command"
            onClick={() => change(firstFilter(facts))}
          />
        </>
      }
      actions={history !== null && <ConnectionChip connection={history.connection} say={sayTime} />}
    >
      <section className="page-card">
        <Filters {...{ filter, history, say, sayTime, format }} onFilter={change} />
        {history !== null && list.length === 0 && (
          <div className="page-empty">
            <p>
              <b className="crmjira-strong">
                {say(settings.recordId !== null && filter.status === 'all' ? 'noneOfRecord' : 'noneInPeriod')}
              </b>
            </p>
            {(settings.recordId === null || filter.status !== 'all') && <p>{say('noneInPeriodNext')}</p>}
          </div>
        )}
        {history !== null && list.length > 0 && (
          <>
            <AttemptTable
              {...{ say, format, sort, retries: retryable, copies: history.copies }}
              attempts={shown}
              onSort={(next) => {
                setSort(next);
                setPage(0);
              }}
              onRetry={({ record }) => record !== null && sync([record.id])}
            />
            <Pager
              text={say('attemptsN', {
                a: `${format.number(at * PER_PAGE + 1)}–${format.number(at * PER_PAGE + shown.length)}`,
                b: format.number(fitting(history, filter)),
              })}
              note={say('perPage')}
              page={at}
              pages={pages}
              say={sayTime}
              format={format}
              onPage={setPage}
            />
          </>
        )}
      </section>
    </PageFrame>
  );
}
