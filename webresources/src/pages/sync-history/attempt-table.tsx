import * as React from 'react';
import { Chip, Icon, IssueBadge, safeUrl } from '@crmjira/form-data';
import type { syncHistoryTexts } from '../../strings/generated/sync-history';
import { LinkButton } from '../platform/link-button';
import { openRecord } from '../platform/open-page';
import { PageButton } from '../platform/page-button';
import { PageIcon } from '../platform/page-icon';
import type { PageFormat } from '../platform/page-format';
import type { Say } from '../platform/page-words';
import { ScrollTable } from '../platform/scroll-table';
import type { IssueCopy } from '../time-sync/read-copies';
import type { Attempt, Sort, SortKey } from './history-view';

interface Shown {
  readonly say: Say<typeof syncHistoryTexts>;
  readonly format: PageFormat;
  readonly copies: ReadonlyMap<string, IssueCopy>;
  readonly retries: ReadonlyMap<string, 'offered' | 'running'>;
  readonly onRetry: (attempt: Attempt) => void;
}

const COLUMNS: readonly SortKey[] = ['at', 'issue', 'record', 'status', 'worklog', 'error'];

/** Attempts with what came of each, and what can be done about it (R-1812, R-1832). */
export function AttemptTable(
  props: Shown & {
    readonly attempts: readonly Attempt[];
    readonly sort: Sort;
    readonly onSort: (sort: Sort) => void;
  },
): React.ReactElement {
  const { attempts, sort, onSort, ...shown } = props;
  const { say } = shown;
  return (
    <ScrollTable name={say('title')} className="time-table history-table">
      <thead>
        <tr>
          {COLUMNS.map((key) => {
            const isSorted = sort.key === key;
            return (
              <th
                key={key}
                scope="col"
                aria-sort={isSorted ? (sort.descending ? 'descending' : 'ascending') : undefined}
              >
                <button
                  type="button"
                  className="page-sort"
                  onClick={() => onSort({ key, descending: isSorted ? !sort.descending : key === 'at' })}
                >
                  {say(key)}
                  {isSorted && (
                    <span className={sort.descending ? undefined : 'page-upwards'}>
                      <PageIcon name="SortDown" />
                    </span>
                  )}
                </button>
              </th>
            );
          })}
          <th scope="col" className="page-number">
            {say('action')}
          </th>
        </tr>
      </thead>
      <tbody>
        {attempts.map((attempt) => (
          <Row key={attempt.id} {...shown} attempt={attempt} />
        ))}
      </tbody>
    </ScrollTable>
  );
}

function Row(props: Shown & { readonly attempt: Attempt }): React.ReactElement {
  const { attempt, say, format, copies, retries, onRetry } = props;
  const { id, at, issueKey, isFailed, worklogId, remark, record } = attempt;
  const [isOpen, open] = React.useState(false);
  const [strong = '', ...rest] = remark.split('\n');
  const copy = copies.get(issueKey);
  const retry = retries.get(id);
  const name = record?.subject ?? issueKey;
  const all = [strong, ...rest].join(' ');
  return (
    <>
      <tr>
        <th scope="row" className="page-nowrap">
          {format.stamp(at)}
        </th>
        <td data-label={say('issue')}>
          <IssueBadge
            status={copy?.status ?? null}
            category={copy?.category ?? null}
            text={issueKey}
            size="small"
            url={safeUrl(copy?.url ?? null)}
            title={copy?.summary ?? ''}
          />
        </td>
        <td data-label={say('record')} className="history-record">
          {record === null ? (
            '–'
          ) : (
            <LinkButton text={name} onClick={() => openRecord('crmjira_time_record', record.id)} />
          )}
        </td>
        <td data-label={say('status')}>
          {retry === 'running' ? (
            <Chip tone="brand" icon="ProgressRingDots" text={say('retrying')} />
          ) : isFailed ? (
            <Chip tone="over" icon="ErrorBadge" text={say('failed')} />
          ) : (
            <Chip tone="ok" icon="Completed" text={say('success')} />
          )}
        </td>
        <td data-label={say('worklog')}>{worklogId ?? '–'}</td>
        <td data-label={remark === '' ? undefined : say('error')} className="history-error">
          {remark !== '' && (
            <button
              type="button"
              className="history-more"
              aria-expanded={isOpen}
              title={all}
              onClick={() => open(!isOpen)}
            >
              <PageIcon name={isOpen ? 'ChevronDown' : 'ChevronRight'} />
              <span className="time-cut">{all}</span>
            </button>
          )}
        </td>
        <td className="page-number">
          <span className="history-acts">
            {retry === 'offered' && (
              <PageButton
                text={say('retry')}
                label={say('retryOf', { name })}
                icon="Sync"
                look="small"
                onClick={() => onRetry(attempt)}
              />
            )}
            {record !== null && (
              <button
                type="button"
                className="time-iconbutton"
                aria-label={say('view', { name })}
                title={say('view', { name })}
                onClick={() => openRecord('crmjira_time_record', record.id)}
              >
                <PageIcon name="OpenInNewWindow" />
              </button>
            )}
          </span>
        </td>
      </tr>
      {isOpen && (
        <tr className="history-whole">
          <td colSpan={2} />
          <td colSpan={5}>
            <div className={`crmjira-message crmjira-${isFailed ? 'over' : 'brand'}`}>
              <Icon name={isFailed ? 'ErrorBadge' : 'Info'} />
              <div>
                <p className="crmjira-strong">{strong}</p>
                {rest.map((line) => (
                  <p key={line}>{line}</p>
                ))}
              </div>
            </div>
          </td>
        </tr>
      )}
    </>
  );
}
