import * as React from 'react';
import { type Health, CommandState, Health as Healths, deploymentLabels, placeOf } from '@crmjira/domain';
import { Chip } from '@crmjira/form-data';
import { isAnswered } from '../../commands/ask-about';
import { integrationDetailTexts } from '../../strings/generated/integration-detail';
import { integrationsListTexts } from '../../strings/generated/integrations-list';
import { AskDialog } from '../integrations-list/ask-dialog';
import { Tabs } from '../integrations-logs/tabs';
import { noticeOf } from '../integrations/enter-notice';
import type { ServiceSay } from '../integrations/enter-service';
import type { Start } from '../integrations/enter-view';
import { hasRuns } from '../integrations/integration';
import { useEntering } from '../integrations/use-entering';
import { Notice } from '../platform/notice';
import { openPage } from '../platform/open-page';
import { PageButton } from '../platform/page-button';
import { PageFrame } from '../platform/page-frame';
import { sayIn } from '../platform/page-words';
import type { PageFacts } from '../platform/start-page';
import { downloadSettings } from './export-settings';
import { MappingsTab } from './mappings-tab';
import { newSecret } from './new-secret';
import type { Detail, Webhook } from './read-detail';
import { RunsTab } from './runs-tab';
import { ScheduleTab } from './schedule-tab';
import { SettingsTab } from './settings-tab';
import { type Fresh, WebhooksTab, overlapEnd } from './webhooks-tab';

const TABS = ['settings', 'mappings', 'webhooks', 'schedule', 'runs', 'acts'] as const;
type Tab = (typeof TABS)[number];
/** What runs on no schedule maps nothing either. */
const WITHOUT_RUNS: ReadonlySet<Tab> = new Set(['settings', 'runs', 'acts']);

const HEALTH = {
  [Healths.Healthy]: { tone: 'ok', icon: 'Completed', text: 'healthy' },
  [Healths.Degraded]: { tone: 'warn', icon: 'Warning', text: 'attention' },
  [Healths.Down]: { tone: 'over', icon: 'ErrorBadge', text: 'down' },
  [Healths.Unknown]: { tone: 'neutral', icon: 'PlugDisconnected', text: 'unknown' },
  [Healths.NotUsed]: { tone: 'neutral', icon: 'PlugDisconnected', text: 'unknown' },
} as const satisfies Readonly<Record<Health, unknown>>;

const KINDS = {
  jira: 'kindJira',
  ad: 'kindAd',
  rest: 'kindRest',
  soap: 'kindSoap',
  notification: 'kindNotification',
} as const;

/** One integration: its settings, mappings, webhooks, schedule, runs, and who changed it (R-1602). */
export function DetailBody(props: {
  readonly start: Start;
  readonly detail: Detail;
  readonly facts: PageFacts;
  readonly sayEnter: ServiceSay;
  readonly again: () => void;
}): React.ReactElement {
  const { start, detail, facts, sayEnter, again } = props;
  const { language, format } = facts;
  const say = sayIn(integrationDetailTexts, language);
  const sayList = sayIn(integrationsListTexts, language);
  const entering = useEntering(start, facts, sayEnter);
  const { work, draft, isActive, isChanged, testedOn } = entering;
  const { entered } = draft;
  const [tab, setTab] = React.useState<Tab>('settings');
  const [dialog, setDialog] = React.useState<'deactivate' | 'delete' | null>(null);
  const [fresh, setFresh] = React.useState<Fresh | null>(null);
  const isBusy = work !== null && work.notSealed === null && !isAnswered(work.asked);
  const notice = work === null ? null : noticeOf(work, sayEnter);
  const now = new Date().toISOString();

  const act = (done: Promise<unknown>): void => void done.then(again);
  const save = async (): Promise<void> => {
    if (!entering.require('name')) return setTab('settings');
    const saved = await entering.save();
    if (saved?.problems.some(({ path }) => path.startsWith('mappings.')) === true) setTab('mappings');
    if (saved?.isSaved === true && saved.test === null && !isActive) await entering.testSaved();
  };
  const test = (): Promise<unknown> => (isChanged ? entering.test() : entering.testSaved());
  const remove = async (): Promise<void> => {
    const { asked } = await entering.perform('delete');
    if (asked.state === CommandState.Done) openPage('integrations-list');
  };
  const rotate = async (webhook: Webhook): Promise<void> => {
    const secret = newSecret();
    const { asked } = await entering.perform('rotate', {
      regarding: { table: 'crmjira_integration_webhook', id: webhook.id },
      secret: { text: JSON.stringify({ secret }), place: placeOf(entered.provider, entered.settings) },
    });
    // What the service did not take must not be entered on the other side.
    if (asked.state === CommandState.Done)
      setFresh({ webhook: webhook.id, secret, until: overlapEnd(new Date().toISOString()) });
  };
  const { deployment } = entered.settings;
  const kind =
    entered.provider === 'jira' && (deployment === 1 || deployment === 2 || deployment === 3)
      ? deploymentLabels[deployment][language]
      : say(KINDS[entered.provider]);
  const mayRun = hasRuns(entered.provider);
  const health = HEALTH[detail.health];
  const lastTest = detail.testedOn ?? testedOn;
  return (
    <PageFrame
      dark={facts.dark}
      title={entered.name || say('noName')}
      subtitle={[kind, placeOf(entered.provider, entered.settings)].filter(Boolean).join(' · ')}
      note={isChanged ? say('unsaved') : ''}
      messages={[]}
      notices={notice === null ? [] : [notice]}
      told=""
      busy={false}
      commandsName={sayEnter('commands')}
      commands={
        <>
          <PageButton
            text={sayEnter('toList')}
            icon="Back"
            look="command"
            onClick={() => openPage('integrations-list')}
          />
          <PageButton
            text={sayEnter('save')}
            icon="Save"
            look="command"
            disabled={isBusy}
            onClick={() => act(save())}
          />
          <PageButton
            text={sayEnter('testConnection')}
            icon="TestBeaker"
            look="command"
            disabled={isBusy}
            onClick={() => act(test())}
          />
          <PageButton
            text={sayEnter('syncNow')}
            icon="Sync"
            look="command"
            disabled={isBusy || !isActive || !mayRun}
            onClick={() => act(entering.perform('run', { payload: { mode: 'changes' } }))}
          />
          <PageButton
            text={isActive ? say('deactivate') : sayEnter('activate')}
            icon="PowerButton"
            look="command"
            disabled={isBusy || (!isActive && isChanged)}
            onClick={() => (isActive ? setDialog('deactivate') : act(entering.setActive(true)))}
          />
          <PageButton
            text={sayList('delete')}
            icon="Delete"
            look="command"
            disabled={isBusy || isActive}
            onClick={() => setDialog('delete')}
          />
          <PageButton text={say('export')} icon="Download" look="command" onClick={() => downloadSettings(entered)} />
        </>
      }
      actions={
        <dl className="detail-facts">
          <div>
            <dt>{say('state')}</dt>
            <dd>
              {isActive ? (
                <Chip tone="brand" icon="Play" text={sayEnter('active')} />
              ) : (
                <Chip tone="neutral" icon="Blocked" text={sayEnter('inactive')} />
              )}
            </dd>
          </div>
          <div>
            <dt>{say('health')}</dt>
            <dd>
              <Chip tone={health.tone} icon={health.icon} text={say(health.text)} />
            </dd>
          </div>
          <div>
            <dt>{say('lastTest')}</dt>
            <dd>
              {lastTest === null
                ? say('never')
                : say(detail.testOk || testedOn !== null ? 'passedAt' : 'failedAt', { t: format.time(lastTest, now) })}
            </dd>
          </div>
          <div>
            <dt>{say('lastSync')}</dt>
            <dd>{detail.syncedOn === null ? say('never') : format.time(detail.syncedOn, now)}</dd>
          </div>
        </dl>
      }
    >
      <div className="page-card">
        <Tabs
          name={say('tabs')}
          chosen={tab}
          tabs={TABS.filter((one) => mayRun || WITHOUT_RUNS.has(one)).map((one) => [one, say(one)] as const)}
          panel="detail-panel"
          onChoose={setTab}
        />
      </div>
      {isActive && isChanged && (
        <Notice
          tone="warn"
          icon="Warning"
          strong={sayEnter('changedSince')}
          text={say('testFirst')}
          actions={[{ text: sayEnter('testConnection'), icon: 'TestBeaker', onClick: () => act(test()) }]}
        />
      )}
      <div id="detail-panel" role="tabpanel" aria-labelledby={`tab-${tab}`} tabIndex={-1} className="detail-panel">
        {tab === 'settings' && (
          <section className="page-card" aria-label={say('settings')}>
            <h2>{say('settings')}</h2>
            <SettingsTab {...{ entering, facts }} say={sayEnter} />
          </section>
        )}
        {tab === 'mappings' && (
          <MappingsTab
            {...{ entering, isBusy, facts }}
            say={sayEnter}
            tryText={say(entered.provider === 'jira' ? 'tryCase' : 'tryRecord')}
          />
        )}
        {tab === 'webhooks' && (
          <section className="page-card" aria-label={say('webhooks')}>
            <WebhooksTab
              {...{ fresh, isBusy, say, format, language, now }}
              webhooks={detail.webhooks}
              onRotate={(webhook) => act(rotate(webhook))}
            />
          </section>
        )}
        {tab === 'schedule' && (
          <section className="page-card" aria-label={say('schedule')}>
            <h2>{say('schedule')}</h2>
            <ScheduleTab {...{ entering, isBusy, now, say, sayEnter, format }} syncedOn={detail.syncedOn} />
          </section>
        )}
        {(tab === 'runs' || tab === 'acts') && (
          <RunsTab
            {...{ tab, say, facts }}
            id={entering.id}
            mayRetry={!isBusy && isActive && mayRun}
            onRetry={() => act(entering.perform('run', { payload: { mode: 'changes' } }))}
          />
        )}
      </div>
      {dialog !== null && (
        <AskDialog
          what={dialog}
          name={entered.name}
          hasRun={detail.syncedOn !== null}
          say={sayList}
          onYes={() => {
            act(dialog === 'delete' ? remove() : entering.setActive(false));
            setDialog(null);
          }}
          onClose={() => setDialog(null)}
        />
      )}
    </PageFrame>
  );
}
