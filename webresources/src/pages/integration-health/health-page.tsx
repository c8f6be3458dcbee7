import * as React from 'react';
import { Health, integrationStatusLabels, successRate, successTarget } from '@crmjira/domain';
import { Chip, type MessageView } from '@crmjira/form-data';
import { PageFrame } from '../platform/page-frame';
import { type Say, failureMessage, sayIn } from '../platform/page-words';
import { DefaultButton } from '../platform/plain-buttons';
import { joined } from '../platform/reading';
import type { PageFacts } from '../platform/start-page';
import { useReading } from '../platform/use-reading';
import { useWidth } from '../platform/use-width';
import { OperationsChart, VolumeChart } from './charts';
import { CHIPS, Dependencies, HEALTH_WORDS } from './dependencies';
import { ErrorsTable } from './errors-table';
import {
  type ConnectionHealth,
  type HealthFigures,
  STATUSES,
  lastDays,
  linesOf,
  serviceState,
  sharesOf,
} from './health-figures';
import { HeldTable } from './held-table';
import { VOLUME_DAYS, readConnections, readFigures } from './read-health';
import { Tiles } from './tiles';
import { useReleases } from './use-releases';
import { useRetries } from './use-retries';
import { integrationHealthTexts } from '../../strings/generated/integration-health';

/** Milliseconds between two readings of the states while the page is seen: who waits for the end of an outage looks at these. */
const STATES_EVERY = 10_000;
/** The same, of the figures, which cost ten times as much. */
const FIGURES_EVERY = 30_000;

/** The default view of the log, in place of this page (Microsoft, client API reference, navigateTo). */
function openLog(): void {
  Xrm.Navigation.navigateTo({ pageType: 'entitylist', entityName: 'crmjira_integration_log' }).then(
    undefined,
    console.error,
  );
}

const figuresNow = (): ReturnType<typeof readFigures> => readFigures();

/** Integration health (R-1104): figures of the log, connections, recent errors with retry. */
export function HealthPage({ facts }: { readonly facts: PageFacts }): React.ReactElement {
  const { language, format } = facts;
  const say = sayIn(integrationHealthTexts, language);
  const [states, readStates] = useReading(readConnections, STATES_EVERY);
  const [rest, readRest] = useReading(figuresNow, FIGURES_EVERY);
  const again = (): void => {
    readStates();
    readRest();
  };
  const reading = joined(states, rest, (connections, others): HealthFigures => ({ connections, ...others }));
  const retries = useRetries(say, language, again);
  const releases = useReleases(say, language, again);
  const now = new Date().toISOString();
  const { value: figures, readAt } = reading;
  const failure = failureMessage(reading, language, format, now);
  const messages = [
    ...(failure === null ? [] : [failure]),
    ...(figures?.connections ?? []).flatMap((connection) => serviceMessage(connection, say, facts, readAt ?? now)),
  ];
  return (
    <PageFrame
      dark={facts.dark}
      title={say('title')}
      note={
        readAt === null ? (failure === null ? say('loading') : '') : say('updated', { t: format.time(readAt, now) })
      }
      messages={messages}
      told={retries.told}
      busy={figures === null && failure === null}
      actions={
        <>
          {figures !== null && <DefaultButton text={say('retryFailed')} onClick={retries.retryFailed} />}
          <DefaultButton text={say('refresh')} onClick={again} />
        </>
      }
    >
      {figures !== null && (
        <>
          <div className="page-cards">
            <Connections figures={figures} facts={facts} say={say} now={now} />
            <Tiles figures={figures} say={say} format={format} readAt={readAt ?? now} />
          </div>
          <HeldTable held={figures.held} releases={releases} say={say} format={format} now={now} />
          <Dependencies connections={figures.connections} say={say} language={language} format={format} now={now} />
          <div className="page-cards page-charts">
            <Rate figures={figures} facts={facts} say={say} />
            <Volume figures={figures} facts={facts} say={say} readAt={readAt ?? now} />
            <section className="page-card page-last">
              <h2>{say('operations')}</h2>
              <p className="crmjira-sub">{say('week')}</p>
              {figures.operations.size === 0 ? (
                <p className="page-content">{say('noData')}</p>
              ) : (
                <OperationsChart shares={sharesOf(figures.operations)} language={language} format={format} />
              )}
            </section>
          </div>
          <section className="page-card">
            <div className="page-cardhead page-errorhead">
              <h2>{say('errors')}</h2>
              {figures.errors.some(({ opportunityId }) => opportunityId !== null) && (
                <DefaultButton text={say('retryAll')} onClick={() => retries.retryAll(figures.errors)} />
              )}
              <button type="button" className="crmjira-linkbutton" onClick={openLog}>
                {say('allLog')}
              </button>
            </div>
            <p className="crmjira-sub">{say('errorsNote')}</p>
            <ErrorsTable
              errors={figures.errors}
              retries={retries}
              say={say}
              language={language}
              format={format}
              now={now}
            />
          </section>
        </>
      )}
    </PageFrame>
  );
}

interface PartProps {
  readonly figures: HealthFigures;
  readonly facts: PageFacts;
  readonly say: Say<typeof integrationHealthTexts>;
}

function serviceMessage(
  connection: ConnectionHealth,
  say: PartProps['say'],
  { format }: PageFacts,
  now: string,
): MessageView[] {
  const { name, testedOn } = connection;
  switch (serviceState(connection, now)) {
    case 'reporting':
      return [];
    case 'silent': {
      const strong =
        testedOn === null ? say('neverReported', { name }) : say('silent', { name, t: format.time(testedOn, now) });
      return [{ tone: 'over', icon: 'PlugDisconnected', strong, text: say('silentNext') }];
    }
    case 'jira-unreachable': {
      const strong = say('jiraUnreachable', { name, t: format.time(testedOn ?? now, now) });
      return [{ tone: 'warn', icon: 'PlugDisconnected', strong, text: say('jiraNext') }];
    }
  }
}

function Connections({ figures, facts, say, now }: PartProps & { readonly now: string }): React.ReactElement {
  const { format } = facts;
  const tested = ({ testedOn, testOk }: ConnectionHealth): string =>
    testedOn === null ? say('never') : say(testOk ? 'testOk' : 'testFailed', { t: format.time(testedOn, now) });
  return (
    <section aria-label={say('connections')} className="page-row">
      {figures.connections.length === 0 && (
        <div className="page-card">
          <h2>{say('noConnection')}</h2>
          <p className="page-content">{say('noConnectionNext')}</p>
        </div>
      )}
      {figures.connections.map((connection, index) => (
        <div key={connection.id} className="page-card">
          <div className="page-cardhead">
            <h2>{say('connectionOf', { name: connection.name })}</h2>
            <Chip {...CHIPS[connection.health]} text={say(HEALTH_WORDS[connection.health])} />
          </div>
          <p className="crmjira-sub">{say('whole')}</p>
          <dl className="pairs">
            <div>
              <dt className="crmjira-sub">{say('lastTest')}</dt>
              <dd>{tested(connection)}</dd>
            </div>
            {
              // The service tells of its last sync with its first connection.
              (index === 0 || connection.syncedOn !== null) && (
                <div>
                  <dt className="crmjira-sub">{say('lastSync')}</dt>
                  <dd>{connection.syncedOn === null ? say('never') : format.time(connection.syncedOn, now)}</dd>
                </div>
              )
            }
          </dl>
        </div>
      ))}
    </section>
  );
}

function Rate({ figures, facts, say }: PartProps): React.ReactElement {
  const { format, language } = facts;
  const { percent, met } = successRate(figures.statuses);
  return (
    <section className="page-card">
      <h2>{say('rate')}</h2>
      <p className="crmjira-sub">{say('hours')}</p>
      {percent === null ? (
        <p className="page-content">{say('noData')}</p>
      ) : (
        <>
          <p className="page-figure">{format.percent(percent, 2)}</p>
          <p className="page-cardhead">
            <Chip {...(met ? CHIPS[Health.Healthy] : CHIPS[Health.Degraded])} text={met ? say('met') : say('notMet')} />
            <span className="crmjira-sub">{say('target', { p: format.percent(successTarget, 0) })}</span>
          </p>
        </>
      )}
      <dl className="pairs">
        {STATUSES.map((status) => (
          <div key={status}>
            <dt className="crmjira-sub">{integrationStatusLabels[status][language]}</dt>
            <dd>{format.number(figures.statuses.get(status) ?? 0)}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function Volume({ figures, facts, say, readAt }: PartProps & { readonly readAt: string }): React.ReactElement {
  const [place, width] = useWidth(480);
  const days = lastDays(readAt, VOLUME_DAYS);
  const lines = linesOf(figures.volume, days);
  return (
    <section className="page-card page-wide">
      <h2>{say('volume')}</h2>
      <p className="crmjira-sub">{say('volumeNote')}</p>
      <div ref={place}>
        {lines.length === 0 ? (
          <p className="page-content">{say('noData')}</p>
        ) : (
          <VolumeChart
            lines={lines}
            days={days}
            width={width}
            say={say}
            language={facts.language}
            format={facts.format}
          />
        )}
      </div>
    </section>
  );
}
