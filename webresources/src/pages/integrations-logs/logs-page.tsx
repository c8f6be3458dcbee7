import * as React from 'react';
import { integrationsLogsTexts } from '../../strings/generated/integrations-logs';
import { IntegrationsFrame, sayIntegrations } from '../integrations/integrations-frame';
import { csvName, csvText, download } from '../platform/csv';
import { LinkButton } from '../platform/link-button';
import { openPage } from '../platform/open-page';
import { PageButton } from '../platform/page-button';
import { counted, sayIn } from '../platform/page-words';
import type { PageFacts } from '../platform/start-page';
import { useReading } from '../platform/use-reading';
import { ActTable } from './act-table';
import { Filters } from './filters';
import { actRows, runRows } from './logs-csv';
import { A_TIME, MOST_EXPORTED, MOST_SHOWN, type Tab, firstFilter } from './logs-view';
import { type Logs, readAll, readLogs } from './read-logs';
import { RunTable } from './run-table';
import { Tabs } from './tabs';
import { useSettled } from './use-settled';

/** Milliseconds between two readings while the page is seen. */
const READ_EVERY = 30_000;
/** Milliseconds after the last key. */
const SETTLED = 400;
const PANEL = 'logs';

/** Runs, and what administrators did: found by date, integration, status, trigger, person and words, and exported (R-1615, R-1616). */
export function LogsPage({ facts }: { readonly facts: PageFacts }): React.ReactElement {
  const { language, format, settings } = facts;
  const say = sayIn(integrationsLogsTexts, language);
  const sayShared = sayIntegrations(facts);
  const [tab, setTab] = React.useState<Tab>('runs');
  const first = (): ReturnType<typeof firstFilter> =>
    firstFilter(format, new Date().toISOString(), settings.recordId ?? '');
  const [filter, setFilter] = React.useState(first);
  const [most, setMost] = React.useState(A_TIME);
  const [told, tell] = React.useState('');
  const [isExporting, setExporting] = React.useState(false);
  const wanted = useSettled(filter, SETTLED);
  const read = React.useCallback(() => readLogs(tab, wanted, most, format), [tab, wanted, most, format]);
  const [reading, again] = useReading(read, READ_EVERY);
  const now = new Date().toISOString();
  // Of the other tab nothing is shown while this one is read.
  const logs = reading.value?.tab === tab ? reading.value : null;
  const shown = logs === null ? 0 : logs[tab].length;
  const found = logs?.found ?? null;

  const exportAll = async (): Promise<void> => {
    setExporting(true);
    tell(say('exporting'));
    try {
      const { runs, acts, people } = await readAll(tab, wanted, format);
      const words = { say, sayShared, format, language, people };
      const rows = tab === 'runs' ? runRows(runs, logs?.integrations ?? [], words) : actRows(acts, words);
      const name = [say(tab === 'runs' ? 'runsFile' : 'actsFile'), wanted.from, wanted.to].filter(Boolean).join('-');
      download(csvName(name), csvText(rows, language));
      const count = rows.length - 1;
      tell([say('exported', { n: format.number(count) }), ...(count >= MOST_EXPORTED ? [say('limit')] : [])].join(' '));
    } catch (error) {
      console.error('The rows of an export could not be read.', error);
      tell(say('exportFailed'));
    }
    setExporting(false);
  };
  const change = (next: typeof filter): void => {
    setFilter(next);
    setMost(A_TIME);
  };
  return (
    <IntegrationsFrame
      {...{ facts, reading, now, told }}
      title={say('title')}
      commands={
        <>
          <PageButton text={sayShared('refresh')} icon="Sync" look="command" onClick={again} />
          <PageButton
            text={say('export')}
            icon="Download"
            look="command"
            disabled={shown === 0 || isExporting}
            onClick={() => void exportAll()}
          />
          <PageButton
            text={say('clearFilters')}
            icon="Filter"
            look="command"
            onClick={() => change(firstFilter(format, now))}
          />
          <PageButton
            text={sayShared('dashboard')}
            icon="LineChart"
            look="command"
            onClick={() => openPage('integrations-dashboard')}
          />
        </>
      }
    >
      {() => (
        <>
          <Tabs
            name={say('title')}
            chosen={tab}
            panel={PANEL}
            tabs={[
              ['runs', say('runs')],
              ['acts', say('acts')],
            ]}
            onChoose={(next) => {
              setTab(next);
              change({ ...filter, by: '', words: '' });
              tell('');
            }}
          />
          <section
            id={PANEL}
            role="tabpanel"
            aria-labelledby={`tab-${tab}`}
            className="page-card"
            aria-busy={logs === null}
          >
            <Filters {...{ tab, filter, logs, say, sayShared, format }} onFilter={change} />
            {logs !== null && (
              <Found {...{ logs, facts }} isExporting={isExporting} onExport={() => void exportAll()} />
            )}
            {logs !== null && shown === 0 && (
              <div className="page-empty">
                <p>{say(tab === 'runs' ? 'none' : 'noActs')}</p>
                <PageButton text={say('clearFilters')} icon="Filter" onClick={() => change(firstFilter(format, now))} />
              </div>
            )}
            {logs !== null &&
              shown > 0 &&
              (tab === 'runs' ? (
                <RunTable {...{ logs, facts, say, sayShared, now }} />
              ) : (
                <ActTable {...{ logs, facts, say, sayShared, now }} />
              ))}
            {shown > 0 && (
              <p className="crmjira-sub page-foot logs-foot">
                {say('shown', {
                  a: format.number(shown),
                  b: found === null ? `> ${format.number(MOST_EXPORTED)}` : format.number(found),
                })}
                {shown >= MOST_SHOWN ? (
                  <span>{say('narrow', { n: format.number(MOST_SHOWN) })}</span>
                ) : (
                  shown >= most &&
                  (found === null || found > shown) && (
                    <LinkButton
                      text={say('showMore', { n: format.number(Math.min(A_TIME, (found ?? MOST_SHOWN) - shown)) })}
                      onClick={() => setMost(most + A_TIME)}
                    />
                  )
                )}
              </p>
            )}
          </section>
        </>
      )}
    </IntegrationsFrame>
  );
}

/** How many rows fit, and the way to have them all. */
function Found(props: {
  readonly logs: Logs;
  readonly facts: PageFacts;
  readonly isExporting: boolean;
  readonly onExport: () => void;
}): React.ReactElement {
  const { logs, facts, isExporting, onExport } = props;
  const { format } = facts;
  const say = sayIn(integrationsLogsTexts, facts.language);
  const { tab, found } = logs;
  const words = { runs: ['found', 'foundMany'], acts: ['actsFound', 'actsFoundMany'] } as const;
  const [some, many] = words[tab];
  const rows = Math.min(found ?? MOST_EXPORTED, MOST_EXPORTED);
  return (
    <div className="page-cardhead logs-found">
      <p>
        <b className="crmjira-strong">
          {found === null ? say(many, { n: format.number(MOST_EXPORTED) }) : counted(say, some, found, format)}
        </b>{' '}
        <span className="crmjira-sub">{say('newestFirst')}</span>
      </p>
      {rows > 0 && (
        <PageButton
          text={counted(say, 'exportN', rows, format)}
          icon="Download"
          look="small"
          disabled={isExporting}
          onClick={onExport}
        />
      )}
      {(found === null || found > MOST_EXPORTED) && <p className="crmjira-sub">{say('limit')}</p>}
    </div>
  );
}
