import * as React from 'react';
import { CommandType, Health, type RunPayload, commandTypeLabels } from '@crmjira/domain';
import { Chip } from '@crmjira/form-data';

import { integrationsListTexts } from '../../strings/generated/integrations-list';
import { isAnswered } from '../../commands/ask-about';
import { type Integration, OFFERED, PROVIDER_WORDS, hasRuns } from '../integrations/integration';
import { IntegrationsFrame, sayIntegrations } from '../integrations/integrations-frame';
import { NewMenu } from '../integrations/new-menu';
import { NoIntegration } from '../integrations/no-integration';
import { readIntegrations } from '../integrations/read-integrations';
import { readCounts } from '../integrations/read-runs';
import { type Total, lastDays, totalsByIntegration } from '../integrations/run-figures';
import type { Chosen } from '../platform/check-boxes';
import { csvName, csvText, download } from '../platform/csv';
import type { NoticeView } from '../platform/notice';
import { openPage } from '../platform/open-page';
import { PageButton } from '../platform/page-button';
import { sayIn } from '../platform/page-words';
import type { PageFacts } from '../platform/start-page';
import { type Asking, useAsked } from '../platform/use-asked';
import { useReading } from '../platform/use-reading';
import { AskDialog } from './ask-dialog';
import { IntegrationTable } from './integration-table';
import { EVERYTHING, type Filter, type NextAction, type Shown, countOf, shownIntegrations } from './list-view';
import { listRows } from './list-csv';
import { type Asked, isUntested, outcomeOf } from './outcome';

/** Milliseconds between two readings while the page is seen. */
const READ_EVERY = 30_000;
const DAYS = 7;

interface Kind {
  readonly what: Asked;
  readonly about: Integration;
}

const TYPES = {
  test: CommandType.TestConnection,
  run: CommandType.Run,
  activate: CommandType.SetActive,
  deactivate: CommandType.SetActive,
  delete: CommandType.DeleteIntegration,
} as const satisfies Readonly<Record<Asked, CommandType>>;

const CHANGES: RunPayload = { mode: 'changes' };
const PAYLOADS: Readonly<Partial<Record<Asked, object>>> = {
  run: CHANGES,
  activate: { active: true },
  deactivate: { active: false },
};

const SHOWN = {
  all: 'all',
  active: 'activeOnes',
  inactive: 'inactiveOnes',
} as const satisfies Readonly<Record<Shown, keyof typeof integrationsListTexts>>;

interface ListFacts {
  readonly integrations: readonly Integration[];
  readonly totals: ReadonlyMap<string, Total>;
}

async function readList(): Promise<ListFacts> {
  const [integrations, counts] = await Promise.all([readIntegrations(), readCounts()]);
  const begin = lastDays(new Date().toISOString(), DAYS)[0] ?? '';
  return { integrations, totals: totalsByIntegration(counts.filter(({ day }) => day >= begin)) };
}

/** All integrations, active and not, and what is left to do with each (R-1602, R-1611, R-1621). */
export function ListPage({ facts }: { readonly facts: PageFacts }): React.ReactElement {
  const { language, format } = facts;
  const say = sayIn(integrationsListTexts, language);
  const sayShared = sayIntegrations(facts);
  const [reading, again] = useReading(readList, READ_EVERY);
  const { all, ask, drop } = useAsked<Kind>(again);
  const [chosen, choose] = React.useState<Chosen>(new Set());
  const [filter, setFilter] = React.useState<Filter>(EVERYTHING);
  const [dialog, setDialog] = React.useState<'deactivate' | 'delete' | null>(null);
  const now = new Date().toISOString();
  const { integrations = [], totals = new Map<string, Total>() } = reading.value ?? {};
  const selected = integrations.filter(({ id }) => chosen.has(id));
  const [only] = selected.length === 1 ? selected : [];
  const busy = new Set(all.flatMap(({ kind, asked }) => (isAnswered(asked) ? [] : kind.about.id)));
  const isFree = only !== undefined && !busy.has(only.id);

  const send = (what: Asked, about: Integration): void =>
    ask(
      { what, about },
      {
        regarding: { table: 'crmjira_integration', id: about.id },
        type: TYPES[what],
        name: commandTypeLabels[TYPES[what]][language],
        ...(PAYLOADS[what] === undefined ? {} : { payload: PAYLOADS[what] }),
      },
    );
  const next = (about: Integration, action: NextAction): void => {
    if (action === 'replace') openPage('integration-detail', `id=${about.id}&tab=settings`);
    else send(action, about);
  };
  const noticeOf = ({ no, kind, asked }: Asking<Kind>): NoticeView => {
    const notice = outcomeOf(kind.what, asked, kind.about.name, { say, sayShared, format });
    if (!isAnswered(asked)) return notice;
    const dismiss = { text: sayShared('dismiss'), onClick: () => drop(no) };
    const test = {
      text: say('testConnection'),
      icon: 'TestBeaker' as const,
      onClick: () => {
        drop(no);
        send('test', kind.about);
      },
    };
    return { ...notice, actions: isUntested(asked.answer) ? [test, dismiss] : [dismiss] };
  };
  // What is asked of an integration next takes the place of what was said before.
  const latest = [...new Map(all.map((asking) => [asking.kind.about.id, asking])).values()];
  const shown = shownIntegrations(integrations, filter);
  const save = (): void =>
    download(csvName(say('fileName')), csvText(listRows(shown, totals, { say, sayShared, format }), language));
  return (
    <IntegrationsFrame
      {...{ facts, reading, now }}
      title={say('title')}
      notices={latest.map(noticeOf)}
      commands={
        <>
          <NewMenu say={sayShared} />
          <PageButton
            text={say('edit')}
            icon="Edit"
            look="command"
            disabled={only === undefined}
            onClick={() => only && openPage('integration-detail', `id=${only.id}`)}
          />
          <PageButton
            text={say('testConnection')}
            icon="TestBeaker"
            look="command"
            disabled={!isFree}
            onClick={() => only && send('test', only)}
          />
          <PageButton
            text={say('syncNow')}
            icon="Sync"
            look="command"
            disabled={!isFree || !only?.isActive || !hasRuns(only.provider)}
            onClick={() => only && send('run', only)}
          />
          <PageButton
            text={say(only?.isActive === false ? 'activate' : 'deactivate')}
            icon="PowerButton"
            look="command"
            disabled={!isFree}
            onClick={() => only && (only.isActive ? setDialog('deactivate') : send('activate', only))}
          />
          <PageButton
            text={say('delete')}
            icon="Delete"
            look="command"
            disabled={!isFree || only?.isActive}
            onClick={() => setDialog('delete')}
          />
          <PageButton
            text={say('export')}
            icon="Download"
            look="command"
            disabled={shown.length === 0}
            onClick={save}
          />
        </>
      }
      actions={<Troubles integrations={integrations} facts={facts} />}
    >
      {() =>
        integrations.length === 0 ? (
          <NoIntegration say={sayShared} />
        ) : (
          <section className="page-card">
            <div className="page-filters">
              <div role="group" aria-label={say('show')} className="page-withchips">
                {(['all', 'active', 'inactive'] as const).map((one) => (
                  <button
                    key={one}
                    type="button"
                    className="page-pill"
                    aria-pressed={filter.shown === one}
                    onClick={() => setFilter({ ...filter, shown: one })}
                  >
                    {say(SHOWN[one], { n: format.number(countOf(integrations, one)) })}
                  </button>
                ))}
              </div>
              <span className="crmjira-spring" />
              <select
                className="page-input"
                aria-label={sayShared('provider')}
                value={filter.provider}
                onChange={({ currentTarget }) => setFilter({ ...filter, provider: currentTarget.value })}
              >
                <option value="">{say('providerAll')}</option>
                {OFFERED.map((code) => (
                  <option key={code} value={code}>
                    {sayShared(PROVIDER_WORDS[code].short)}
                  </option>
                ))}
              </select>
              <input
                type="search"
                className="page-input"
                aria-label={say('filterText')}
                placeholder={say('filterText')}
                value={filter.text}
                onChange={({ currentTarget }) => setFilter({ ...filter, text: currentTarget.value })}
              />
            </div>
            {shown.length === 0 ? (
              <div className="page-empty">
                <p>{say('nothingFits')}</p>
                <PageButton text={say('clearFilters')} icon="Filter" onClick={() => setFilter(EVERYTHING)} />
              </div>
            ) : (
              <IntegrationTable
                {...{ facts, say, sayShared, now, chosen, busy, totals }}
                integrations={shown}
                onChosen={choose}
                onNext={next}
              />
            )}
            <p className="crmjira-sub page-foot">
              {say('shown', { a: format.number(shown.length), b: format.number(integrations.length) })}
            </p>
            {dialog !== null && only !== undefined && (
              <AskDialog
                {...{ say }}
                what={dialog}
                name={only.name}
                hasRun={totals.has(only.id) || only.syncedOn !== null}
                onYes={() => {
                  send(dialog, only);
                  setDialog(null);
                }}
                onClose={() => setDialog(null)}
              />
            )}
          </section>
        )
      }
    </IntegrationsFrame>
  );
}

/** Active ones that do not do well, by number. */
function Troubles(props: {
  readonly integrations: readonly Integration[];
  readonly facts: PageFacts;
}): React.ReactElement {
  const { integrations, facts } = props;
  const say = sayIn(integrationsListTexts, facts.language);
  const count = (wanted: Health): number =>
    integrations.filter(({ isActive, health }) => isActive && health === wanted).length;
  const [down, attention] = [count(Health.Down), count(Health.Degraded)];
  return (
    <span className="page-withchips">
      {down > 0 && <Chip tone="over" icon="ErrorBadge" text={say('downN', { n: facts.format.number(down) })} />}
      {attention > 0 && (
        <Chip tone="warn" icon="Warning" text={say('attentionN', { n: facts.format.number(attention) })} />
      )}
    </span>
  );
}
