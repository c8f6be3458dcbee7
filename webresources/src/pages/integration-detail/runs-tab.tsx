import * as React from 'react';
import type { integrationDetailTexts } from '../../strings/generated/integration-detail';
import { integrationsTexts } from '../../strings/generated/integrations';
import { integrationsLogsTexts } from '../../strings/generated/integrations-logs';
import { ActTable } from '../integrations-logs/act-table';
import type { Logs } from '../integrations-logs/read-logs';
import { RunTable } from '../integrations-logs/run-table';
import { readIntegrations } from '../integrations/read-integrations';
import { readActs, readPeople, readRuns } from '../integrations/read-runs';
import { LinkButton } from '../platform/link-button';
import { openPage } from '../platform/open-page';
import { PageButton } from '../platform/page-button';
import { type Say, failureMessage, sayIn } from '../platform/page-words';
import type { PageFacts } from '../platform/start-page';
import { useReading } from '../platform/use-reading';
import { Message } from '@crmjira/form-data';

/** Rows of each list; the logs page has them all. */
const MOST = 25;
const READ_EVERY = 30_000;

/** What ran over an integration, or what administrators did to it; the newest first (R-1613, R-1616). */
export function RunsTab(props: {
  readonly id: string;
  readonly tab: 'runs' | 'acts';
  readonly mayRetry: boolean;
  readonly onRetry: () => void;
  readonly say: Say<typeof integrationDetailTexts>;
  readonly facts: PageFacts;
}): React.ReactElement {
  const { id, tab, mayRetry, onRetry, say, facts } = props;
  const { language, format } = facts;
  const read = React.useCallback(async (): Promise<Logs> => {
    const bound = `top="${MOST}"`;
    const [runs, acts, integrations] = await Promise.all([
      tab === 'runs'
        ? readRuns({ bound, filter: `<condition attribute="crmjira_integration_id" operator="eq" value="${id}" />` })
        : [],
      tab === 'acts'
        ? readActs({ bound, filter: `<condition attribute="crmjira_target_id" operator="eq" value="${id}" />` })
        : [],
      readIntegrations(),
    ]);
    const people = await readPeople([...runs, ...acts].map(({ actorId }) => actorId));
    return { tab, runs, acts, found: null, integrations, people };
  }, [id, tab]);
  const [reading] = useReading(read, READ_EVERY);
  const now = new Date().toISOString();
  const logs = reading.value;
  const failure = failureMessage(reading, language, format, now);
  const shown = {
    ...{ facts, now, say: sayIn(integrationsLogsTexts, language), sayShared: sayIn(integrationsTexts, language) },
  };
  const isEmpty = logs !== null && logs.runs.length + logs.acts.length === 0;
  const hasFailed = logs?.runs[0]?.status === 'failed';
  return (
    <section className="page-card" aria-label={say(tab)}>
      <div className="page-cardhead">
        <h2>{say(tab)}</h2>
        {hasFailed && (
          <PageButton text={say('retry')} icon="Sync" look="small" disabled={!mayRetry} onClick={onRetry} />
        )}
        <LinkButton text={say('searchLogs')} onClick={() => openPage('integrations-logs', `id=${id}`)} />
      </div>
      {failure !== null && <Message {...failure} />}
      {isEmpty && <p className="crmjira-sub">{say(tab === 'runs' ? 'noRuns' : 'noActs')}</p>}
      {logs !== null &&
        !isEmpty &&
        (tab === 'runs' ? <RunTable logs={logs} {...shown} /> : <ActTable logs={logs} {...shown} />)}
    </section>
  );
}
