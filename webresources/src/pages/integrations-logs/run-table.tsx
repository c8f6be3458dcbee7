import * as React from 'react';
import { Chip } from '@crmjira/form-data';
import type { integrationsLogsTexts } from '../../strings/generated/integrations-logs';
import type { Run } from '../integrations/run';
import {
  type IntegrationsSay,
  causeText,
  failureWords,
  hintText,
  statusChip,
  triggerText,
  whatHappened,
} from '../integrations/run-words';
import { LinkButton } from '../platform/link-button';
import { openPage } from '../platform/open-page';
import { PageIcon } from '../platform/page-icon';
import type { Say } from '../platform/page-words';
import { ScrollTable } from '../platform/scroll-table';
import type { PageFacts } from '../platform/start-page';
import type { Logs } from './read-logs';

interface Shown {
  readonly logs: Logs;
  readonly facts: PageFacts;
  readonly say: Say<typeof integrationsLogsTexts>;
  readonly sayShared: IntegrationsSay;
  readonly now: string;
}

/** Runs with what came of each; a row opens for what failed, what to check and its correlation ID (R-1615). */
export function RunTable(shown: Shown): React.ReactElement {
  const { logs, say, sayShared } = shown;
  const heads: readonly (readonly [string, boolean])[] = [
    [say('started'), false],
    [sayShared('integration'), false],
    [say('trigger'), false],
    [say('by'), false],
    [say('status'), false],
    [say('duration'), true],
    [say('recordsHead'), true],
    [say('failedHead'), true],
    [say('what'), false],
  ];
  return (
    <ScrollTable name={say('runs')}>
      <thead>
        <tr>
          {heads.map(([head, isNumber]) => (
            <th key={head} scope="col" className={isNumber ? 'page-number' : undefined}>
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {logs.runs.map((run) => (
          <Row key={run.id} {...shown} run={run} />
        ))}
      </tbody>
    </ScrollTable>
  );
}

function Row(props: Shown & { readonly run: Run }): React.ReactElement {
  const { run, logs, facts, say, sayShared, now } = props;
  const { format, language } = facts;
  const [isOpen, open] = React.useState(false);
  const integration = logs.integrations.find(({ id }) => id === run.integrationId);
  const name = integration?.name ?? '–';
  const time = format.time(run.startedOn, now);
  const what = whatHappened(run, language, sayShared);
  const words = failureWords(run, language);
  return (
    <>
      <tr className={isOpen ? 'page-chosen' : undefined}>
        <th scope="row" className="page-nowrap">
          <button
            type="button"
            className="logs-open"
            aria-expanded={isOpen}
            aria-label={say('details', { name, t: time })}
            onClick={() => open(!isOpen)}
          >
            <PageIcon name={isOpen ? 'ChevronDown' : 'ChevronRight'} />
            {time}
          </button>
        </th>
        <td>
          {integration === undefined ? (
            name
          ) : (
            <LinkButton text={name} onClick={() => openPage('integration-detail', `id=${integration.id}`)} />
          )}
        </td>
        <td className="page-nowrap">{triggerText(run.trigger, sayShared)}</td>
        <td className="page-nowrap">
          {run.actorId === null ? sayShared('service') : (logs.people.get(run.actorId) ?? '–')}
        </td>
        <td>
          <Chip {...statusChip(run.status, sayShared)} />
        </td>
        <td className="page-number">
          {run.durationMs === null ? '–' : sayShared('seconds', { s: format.number(run.durationMs / 1_000, 1) })}
        </td>
        <td className="page-number">{format.number(run.processed)}</td>
        <td className="page-number">{format.number(run.failed)}</td>
        <td className="logs-what">{what}</td>
      </tr>
      {isOpen && (
        <tr className="logs-details">
          <td colSpan={9}>
            <div>
              <p className="crmjira-strong">{format.stamp(run.startedOn)}</p>
              {run.status === 'failed' && (
                <>
                  <p>
                    {causeText(run.cause, sayShared)}
                    {words !== null && ` · ${words.says}`}
                    {words === null && run.message !== null && (
                      <>
                        {' · '}
                        <span lang="en">{run.message}</span>
                      </>
                    )}
                  </p>
                  <p>{words?.remedy || say('hint', { h: hintText(run.cause, sayShared) })}</p>
                </>
              )}
              {run.correlationId !== null && (
                <p className="crmjira-sub">{say('correlation', { id: run.correlationId })}</p>
              )}
            </div>
          </td>
        </tr>
      )}
    </>
  );
}
