import * as React from 'react';
import { Chip } from '@crmjira/form-data';
import type { integrationsListTexts } from '../../strings/generated/integrations-list';
import { healthChip, reasonOf } from '../integrations/health-words';
import { type Integration, providerText } from '../integrations/integration';
import { type Total, rateOf } from '../integrations/run-figures';
import type { IntegrationsSay } from '../integrations/run-words';
import { CheckAll, CheckOne, type Chosen, toggled } from '../platform/check-boxes';
import { LinkButton } from '../platform/link-button';
import { openPage } from '../platform/open-page';
import { PageButton } from '../platform/page-button';
import type { PageIconName } from '../platform/page-icon';
import type { Say } from '../platform/page-words';
import { ScrollTable } from '../platform/scroll-table';
import type { PageFacts } from '../platform/start-page';
import { type NextAction, nextAction } from './list-view';

type Key = keyof typeof integrationsListTexts;

const ACTIONS = {
  test: ['test', 'TestBeaker'],
  activate: ['activate', 'PowerButton'],
  run: ['syncNow', 'Sync'],
  replace: ['replaceToken', 'Permissions'],
} as const satisfies Readonly<Record<NextAction, readonly [Key, PageIconName]>>;

export interface TableProps {
  readonly facts: PageFacts;
  readonly say: Say<typeof integrationsListTexts>;
  readonly sayShared: IntegrationsSay;
  readonly now: string;
  readonly chosen: Chosen;
  readonly onChosen: (chosen: Chosen) => void;
  /** integrations that something is asked about */
  readonly busy: ReadonlySet<string>;
  /** runs of the last 7 days */
  readonly totals: ReadonlyMap<string, Total>;
  readonly onNext: (integration: Integration, action: NextAction) => void;
}

/** Integrations with their state, and one next action each (R-1602). */
export function IntegrationTable(
  props: TableProps & { readonly integrations: readonly Integration[] },
): React.ReactElement {
  const { integrations, say, sayShared, chosen, onChosen } = props;
  const heads: readonly (readonly [string, boolean])[] = [
    [sayShared('integration'), false],
    [sayShared('provider'), false],
    [say('state'), false],
    [sayShared('health'), false],
    [say('lastTest'), false],
    [say('lastSync'), false],
    [say('every'), true],
    [say('runs7'), true],
    [say('success'), true],
  ];
  return (
    <ScrollTable name={say('title')}>
      <thead>
        <tr>
          <th scope="col" className="page-checkcell">
            <CheckAll
              name={say('selectAll')}
              ids={integrations.map(({ id }) => id)}
              chosen={chosen}
              onChange={onChosen}
            />
          </th>
          {heads.map(([head, isNumber]) => (
            <th key={head} scope="col" className={isNumber ? 'page-number' : undefined}>
              {head}
            </th>
          ))}
          <th scope="col">
            <span className="crmjira-hidden">{say('actions')}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {integrations.map((integration) => (
          <Row key={integration.id} {...props} integration={integration} />
        ))}
      </tbody>
    </ScrollTable>
  );
}

/** `15 min`, `4 h`; empty: not on a schedule. Pure. */
export function everyText(minutes: number | null, say: Say<typeof integrationsListTexts>, facts: PageFacts): string {
  if (minutes === null) return '–';
  const isHours = minutes > 60 && minutes % 60 === 0;
  return say(isHours ? 'hours' : 'minutes', { n: facts.format.number(isHours ? minutes / 60 : minutes) });
}

function Row(props: TableProps & { readonly integration: Integration }): React.ReactElement {
  const { integration, facts, say, sayShared, now, chosen, onChosen, busy, totals, onNext } = props;
  const { format, language } = facts;
  const { id, name, host, isActive, testedOn, testOk, syncedOn, intervalMinutes } = integration;
  const shown = { ...integration, isActive: true };
  const reason = isActive ? reasonOf(shown, sayShared, { format, language, now }) : '';
  const total = totals.get(id);
  const rate = total && rateOf(total);
  const action = nextAction(integration);
  const [word, icon] = ACTIONS[action];
  return (
    <tr className={chosen.has(id) ? 'page-chosen' : undefined}>
      <td className="page-checkcell">
        <CheckOne
          name={say('selectOne', { name })}
          checked={chosen.has(id)}
          onChange={() => onChosen(toggled(chosen, id))}
        />
      </td>
      <th scope="row">
        <LinkButton text={name} strong onClick={() => openPage('integration-detail', `id=${id}`)} />
        <small>{host}</small>
      </th>
      <td>{providerText(integration, sayShared)}</td>
      <td>
        <Chip
          tone={isActive ? 'brand' : 'off'}
          icon={isActive ? 'Play' : 'Blocked'}
          text={sayShared(isActive ? 'active' : 'inactive')}
        />
      </td>
      <td>
        <Chip {...healthChip(shown, sayShared)} />
        {reason && <small>{reason}</small>}
      </td>
      <td className="page-nowrap">
        {testedOn === null
          ? sayShared('notTested')
          : say(testOk ? 'passed' : 'failedTest', { t: format.time(testedOn, now) })}
      </td>
      <td className="page-nowrap">{syncedOn === null ? sayShared('never') : format.time(syncedOn, now)}</td>
      <td className="page-number">{everyText(intervalMinutes, say, facts)}</td>
      <td className="page-number">{total === undefined ? say('noneYet') : format.number(total.runs)}</td>
      <td className="page-number">
        <b className="crmjira-strong">{rate === undefined || rate === null ? '' : format.percent(rate, 1)}</b>
      </td>
      <td className="page-number">
        <PageButton
          text={say(word)}
          label={say('actionOf', { action: say(word), name })}
          icon={icon}
          look="small"
          disabled={busy.has(id)}
          onClick={() => onNext(integration, action)}
        />
      </td>
    </tr>
  );
}
