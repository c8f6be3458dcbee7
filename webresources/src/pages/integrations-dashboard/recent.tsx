import * as React from 'react';
import { needsToken } from '../integrations/health-words';
import type { AdminAct, Run } from '../integrations/run';
import { actionText, isRefused, sizeText, targetText, triggerText, whatHappened } from '../integrations/run-words';
import { LinkButton } from '../platform/link-button';
import { openPage } from '../platform/open-page';
import { PageButton } from '../platform/page-button';
import { PageIcon, type PageIconName } from '../platform/page-icon';
import type { Shown } from './shown';

/** What happened last: runs, and what administrators did. */
export function Recent(shown: Shown): React.ReactElement {
  const { dashboard, say, sayShared } = shown;
  return (
    <section className="page-card">
      <div className="page-cardhead">
        <h2>{say('recent')}</h2>
        <p className="crmjira-sub page-spread">{say('newestFirst')}</p>
        <LinkButton text={sayShared('auditLogs')} onClick={() => openPage('integrations-logs')} />
      </div>
      {dashboard.recent.length === 0 ? (
        <p className="page-content">{say('noActivity')}</p>
      ) : (
        <ul className="dashboard-recent">
          {dashboard.recent.map((one) =>
            one.kind === 'run' ? (
              <RunRow key={one.run.id} {...shown} run={one.run} />
            ) : (
              <ActRow key={one.act.id} {...shown} act={one.act} />
            ),
          )}
        </ul>
      )}
    </section>
  );
}

const ICONS = {
  succeeded: ['Completed', 'dashboard-good'],
  failed: ['ErrorBadge', 'dashboard-bad'],
  running: ['ProgressRingDots', 'crmjira-sub'],
} as const satisfies Readonly<Record<Run['status'], readonly [PageIconName, string]>>;

function RunRow(props: Shown & { readonly run: Run }): React.ReactElement {
  const { run, dashboard, facts, say, sayShared, now } = props;
  const integration = dashboard.integrations.find(({ id }) => id === run.integrationId);
  const [icon, look] = ICONS[run.status];
  const trigger = triggerText(run.trigger, sayShared);
  const why = whatHappened(run, facts.language, sayShared);
  const failed = why === '' ? say('runFailedPlain', { trigger }) : say('runFailed', { trigger, why });
  const told = {
    succeeded: say('runSucceeded', { trigger }),
    running: say('runRunning', { trigger }),
    failed,
  }[run.status];
  return (
    <li>
      <time dateTime={run.startedOn}>{facts.format.time(run.startedOn, now)}</time>
      <span className={look}>
        <PageIcon name={icon} />
      </span>
      <div>
        <p className="crmjira-strong">{integration?.name ?? '–'}</p>
        <p className="crmjira-sub">{told}</p>
      </div>
      {run.status === 'failed' && integration !== undefined && needsToken(integration) ? (
        <PageButton
          text={say('replaceToken')}
          label={say('replaceTokenOf', { name: integration.name })}
          look="small"
          onClick={() => openPage('integration-detail', `id=${integration.id}&tab=settings`)}
        />
      ) : (
        <p className="crmjira-sub">{run.status === 'succeeded' ? sizeText(run, sayShared, facts.format) : ''}</p>
      )}
    </li>
  );
}

function ActRow(props: Shown & { readonly act: AdminAct }): React.ReactElement {
  const { act, dashboard, facts, say, sayShared, now } = props;
  const who = dashboard.people.get(act.actorId ?? '') ?? sayShared('service');
  return (
    <li>
      <time dateTime={act.at}>{facts.format.time(act.at, now)}</time>
      <span className="crmjira-sub">
        <PageIcon name={isRefused(act) ? 'Blocked' : 'Edit'} />
      </span>
      <div>
        <p className="crmjira-strong">{targetText(act, sayShared)}</p>
        <p className="crmjira-sub">{say('acted', { who, action: actionText(act, sayShared) })}</p>
      </div>
    </li>
  );
}
