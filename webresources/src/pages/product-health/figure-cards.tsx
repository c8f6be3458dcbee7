import * as React from 'react';
import type { PeriodFigures } from '@crmjira/domain';
import { Chip, type ChipView, type IconName } from '@crmjira/form-data';
import { openPage } from '../platform/open-page';
import { PageButton } from '../platform/page-button';
import { PageIcon, type PageIconName } from '../platform/page-icon';
import { type Say, counted } from '../platform/page-words';
import type { PageFacts } from '../platform/start-page';
import { DayBars } from './day-bars';
import { type ProductFacts, type TicketProject, openIn, statusCounts } from './product-view';
import type { productHealthTexts } from '../../strings/generated/product-health';

export interface CardProps {
  readonly data: ProductFacts;
  readonly facts: PageFacts;
  readonly say: Say<typeof productHealthTexts>;
}

/** A chip of a page, whose icons are more than those of the controls. */
export const PageChip = ({
  tone,
  icon,
  text,
}: Omit<ChipView, 'icon'> & { readonly icon: PageIconName }): React.ReactElement => (
  <span className={`crmjira-chip crmjira-${tone}`}>
    <PageIcon name={icon} />
    {text}
  </span>
);

/** Error rate and ticket velocity, side by side and never one score (R-1710, R-1717). */
export function FigureCard(
  props: CardProps & { readonly kind: 'events' | 'resolved'; readonly figures: PeriodFigures },
): React.ReactElement {
  const { kind, figures, data, facts, say } = props;
  const { format } = facts;
  const isEvents = kind === 'events';
  const product = data.product?.name ?? '';
  const isEmpty = isEvents ? data.monitored.length === 0 : data.projects.length === 0;
  const isHidden = isEvents && data.events === null;
  return (
    <section className={`page-card${isEvents ? ' product-wide' : ''}`}>
      <div className="page-cardhead">
        <h2>{say(isEvents ? 'errorEvents' : 'issuesResolved')}</h2>
        {isHidden && <Chip tone="off" icon="Lock" text={say('hidden')} />}
      </div>
      {isHidden ? (
        <p className="crmjira-sub page-content">{say('hiddenNext')}</p>
      ) : isEmpty ? (
        <div className="page-empty">
          <p className="crmjira-sub">{say(isEvents ? 'noMonitored' : 'noJira', { product })}</p>
          <Assign {...{ say, isEvents }} />
        </div>
      ) : (
        <>
          <p className="product-kpi">
            <span className="page-figure">
              {isEvents ? format.number(figures.lastPerDay, 1) : format.number(figures.last)}
            </span>{' '}
            <span>{say(isEvents ? 'aDay' : 'lastDays')}</span>
          </p>
          <Change {...props} />
          <DayBars {...{ kind, figures, facts, say }} />
        </>
      )}
    </section>
  );
}

export const Assign = (props: { readonly say: CardProps['say']; readonly isEvents: boolean }): React.ReactElement => (
  <PageButton
    text={props.say(props.isEvents ? 'assignMonitored' : 'assignJira')}
    icon="Add"
    look="small"
    onClick={() =>
      props.isEvents
        ? void Xrm.Navigation.navigateTo({ pageType: 'entitylist', entityName: 'crmjira_monitor_project' }).then(
            undefined,
            console.error,
          )
        : openPage('jira-projects')
    }
  />
);

function Change(
  props: CardProps & { readonly kind: 'events' | 'resolved'; readonly figures: PeriodFigures },
): React.ReactElement {
  const { kind, figures, facts, say } = props;
  const { format } = facts;
  const { change } = figures;
  const isEvents = kind === 'events';
  if (change.kind === 'unknown') return <p className="page-cardhead" />;
  if (change.kind === 'too-early')
    return (
      <p className="page-cardhead crmjira-sub">
        {say(isEvents ? 'tooEarly' : 'tooEarlyTickets', { d: format.day(change.since), d2: format.day(change.on) })}
      </p>
    );
  const isWorse = change.kind === (isEvents ? 'up' : 'down') || (isEvents && change.kind === 'new');
  const icons: Readonly<Record<'up' | 'down' | 'new' | 'same', PageIconName>> = {
    up: 'ChevronUp',
    new: 'ChevronUp',
    down: 'ChevronDown',
    same: 'Accept',
  };
  const text =
    change.kind === 'same'
      ? say('same')
      : change.kind === 'new'
        ? counted(say, isEvents ? 'newEvents' : 'newTickets', figures.last, format)
        : say(change.kind, { p: format.percent(change.percent, 0) });
  const before =
    figures.before === 0
      ? say('noneBefore')
      : isEvents
        ? say('aDayBefore', { y: format.number(figures.beforePerDay, 1) })
        : say('inBefore', { n: format.number(figures.before) });
  return (
    <p className="page-cardhead">
      <PageChip
        tone={change.kind === 'same' ? 'neutral' : isWorse ? 'warn' : 'ok'}
        icon={icons[change.kind]}
        text={text}
      />
      <span className="crmjira-sub">{before}</span>
    </p>
  );
}

/** Icon and tone of a status, by Jira's category: never colour alone. */
export function statusChip(category: string, text: string): ChipView {
  const icons: Readonly<Record<string, readonly [ChipView['tone'], IconName]>> = {
    new: ['neutral', 'CircleRing'],
    indeterminate: ['brand', 'CircleHalfFull'],
    done: ['ok', 'Completed'],
  };
  const [tone, icon] = icons[category] ?? ['neutral', 'Info'];
  return { tone, icon, text };
}

const PATTERNS = ['solid', 'hatched', 'outlined'] as const;

/** Open tickets by status, each bar divided by project. */
export function StatusCard({ data, facts, say }: CardProps): React.ReactElement {
  const { format } = facts;
  const counts = statusCounts(data);
  const most = Math.max(1, ...counts.map(({ all }) => all));
  const patternOf = (project: TicketProject): (typeof PATTERNS)[number] =>
    PATTERNS[data.projects.indexOf(project) % PATTERNS.length] ?? 'solid';
  const part = (project: TicketProject, count: number): string => `${project.key} ${format.number(count)}`;
  return (
    <section className="page-card">
      <div className="page-cardhead">
        <h2>{say('openTickets')}</h2>
      </div>
      {data.projects.length === 0 ? (
        <p className="crmjira-sub page-content">{say('noJira', { product: data.product?.name ?? '' })}</p>
      ) : (
        <>
          <p className="product-kpi">
            <span className="page-figure">{format.number(openIn(data))}</span> <span>{say('openNow')}</span>
          </p>
          <p className="page-cardhead crmjira-sub">
            {data.projects
              .filter(({ id }) => openIn(data, id) > 0)
              .map((project) => say(patternOf(project), { part: part(project, openIn(data, project.id)) }))
              .join(', ') || say('noneOpen')}
          </p>
          <ul className="product-statuses">
            {counts.map(({ status, category, all, parts }) => (
              <li key={status}>
                <div className="page-cardhead">
                  <Chip {...statusChip(category, status)} />
                  <span className="crmjira-spring" />
                  <b>{format.number(all)}</b>
                </div>
                <div className="product-bars" aria-hidden="true">
                  {parts.map(({ project, count }) => (
                    <i
                      key={project.id}
                      className={`product-${patternOf(project)}`}
                      style={{ width: `${(count / most) * 90}%` }}
                    />
                  ))}
                </div>
                <p className="crmjira-sub">{parts.map(({ project, count }) => part(project, count)).join(' · ')}</p>
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}
