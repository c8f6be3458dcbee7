import * as React from 'react';
import type { integrationsLogsTexts } from '../../strings/generated/integrations-logs';
import { type IntegrationsSay, actionText, isRefused, targetText } from '../integrations/run-words';
import { PageIcon } from '../platform/page-icon';
import type { Say } from '../platform/page-words';
import { ScrollTable } from '../platform/scroll-table';
import type { PageFacts } from '../platform/start-page';
import { shortHash } from './logs-view';
import type { Logs } from './read-logs';

/** What administrators did, and were refused: who, when, and a fingerprint of before and after (R-1616). */
export function ActTable(props: {
  readonly logs: Logs;
  readonly facts: PageFacts;
  readonly say: Say<typeof integrationsLogsTexts>;
  readonly sayShared: IntegrationsSay;
  readonly now: string;
}): React.ReactElement {
  const { logs, facts, say, sayShared, now } = props;
  const hash = (value: string | null): React.ReactElement =>
    value === null ? (
      <span className="crmjira-sub">{say('noHash')}</span>
    ) : (
      <code title={value}>{shortHash(value)}</code>
    );
  return (
    <>
      <ScrollTable name={say('acts')}>
        <thead>
          <tr>
            {[say('when'), say('who'), say('action'), say('on'), say('beforeHash'), say('afterHash')].map((head) => (
              <th key={head} scope="col">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {logs.acts.map((act) => (
            <tr key={act.id}>
              <th scope="row" className="page-nowrap">
                {facts.format.time(act.at, now)}
              </th>
              <td className="page-nowrap">
                {act.actorId === null ? sayShared('service') : (logs.people.get(act.actorId) ?? '–')}
              </td>
              <td>
                <span className="page-withicon">
                  {isRefused(act) && <PageIcon name="Blocked" />}
                  {actionText(act, sayShared)}
                </span>
              </td>
              <td>{targetText(act, sayShared)}</td>
              <td>{hash(act.before)}</td>
              <td>{hash(act.after)}</td>
            </tr>
          ))}
        </tbody>
      </ScrollTable>
      <p className="crmjira-sub page-foot">{say('kept')}</p>
    </>
  );
}
