import * as React from 'react';
import { Health, type Language, failureSentence } from '@crmjira/domain';
import { Chip, type ChipView } from '@crmjira/form-data';
import type { PageFormat } from '../platform/page-format';
import type { Say } from '../platform/page-words';
import {
  DEPENDENCIES,
  type ConnectionHealth,
  type DependencyHealth,
  type DependencyName,
  dependencyNow,
} from './health-figures';
import type { HEALTH_TEXTS } from './words';

interface CardProps {
  readonly say: Say<typeof HEALTH_TEXTS>;
  readonly language: Language;
  readonly format: PageFormat;
  readonly now: string;
}

/** Icon and tone of a state: never colour alone. */
export const CHIPS: Readonly<Record<Health, Omit<ChipView, 'text'>>> = {
  [Health.Healthy]: { tone: 'ok', icon: 'Completed' },
  [Health.Degraded]: { tone: 'warn', icon: 'Warning' },
  [Health.Down]: { tone: 'over', icon: 'ErrorBadge' },
  [Health.Unknown]: { tone: 'off', icon: 'PlugDisconnected' },
  [Health.NotUsed]: { tone: 'off', icon: 'CircleRing' },
};

export const HEALTH_WORDS = {
  [Health.Healthy]: 'healthy',
  [Health.Degraded]: 'attention',
  [Health.Down]: 'down',
  [Health.Unknown]: 'unknown',
  [Health.NotUsed]: 'notUsed',
} as const satisfies Readonly<Record<Health, keyof typeof HEALTH_TEXTS>>;

/** The page that leads through the set-up, in place of this one (Microsoft, client API reference, navigateTo). */
function openGuide(): void {
  Xrm.Navigation.navigateTo({
    pageType: 'webresource',
    webresourceName: 'crmjira_/pages/connection-guide.html',
  }).then(undefined, console.error);
}

/** A card for each thing that the service needs: state, since when, what is wrong and what to do. */
export function Dependencies(
  props: CardProps & { readonly connections: readonly ConnectionHealth[] },
): React.ReactElement | null {
  const { connections, say, now } = props;
  if (connections.length === 0) return null;
  return (
    <section aria-label={say('dependencies')} className="page-cards">
      {connections.flatMap((connection) =>
        DEPENDENCIES.map((name) => (
          <DependencyCard
            key={connection.id + name}
            {...props}
            name={name}
            title={connections.length === 1 ? say(name) : `${connection.name} · ${say(name)}`}
            next={say(`${name}Next`)}
            state={dependencyNow(connection, name, now)}
          />
        )),
      )}
    </section>
  );
}

/** Which figures there can be of a side, in the order of the card; of the rest nothing is measured anywhere. */
const FIGURES: Readonly<Record<DependencyName, readonly ('response' | 'load' | 'ends')[]>> = {
  jira: ['response', 'ends'],
  dataverse: ['response', 'ends'],
  budgetSource: ['response'],
  gateway: ['load', 'ends'],
};

/** A figure of a side in words; what is not known is said to be so. */
function figureOf(
  figure: 'response' | 'load' | 'ends',
  { responseMs, callsPerMinute, daysLeft }: DependencyHealth,
  { say, format }: Pick<CardProps, 'say' | 'format'>,
): string {
  if (figure === 'response')
    return responseMs === null ? say('figureUnknown') : say('seconds', { n: format.number(responseMs / 1_000, 2) });
  if (figure === 'load')
    return callsPerMinute === null ? say('figureUnknown') : say('perMinute', { n: format.number(callsPerMinute) });
  if (daysLeft === null) return say('unknown');
  if (daysLeft === 0) return say('ended');
  return daysLeft === 1 ? say('oneDay') : say('days', { n: format.number(daysLeft) });
}

function DependencyCard(
  props: CardProps & {
    readonly name: DependencyName;
    readonly title: string;
    readonly next: string;
    readonly state: DependencyHealth;
  },
): React.ReactElement {
  const { name, title, next, state, say, language, format, now } = props;
  const { health, since, lastGoodOn, reason, code, silentSince } = state;
  const time = (instant: string | null): string => (instant === null ? say('never') : format.time(instant, now));
  const hasTrouble = health === Health.Degraded || health === Health.Down;
  const words = hasTrouble ? failureSentence(code, reason ?? '', language) : '';
  return (
    <div className="page-card">
      <div className="page-cardhead">
        <h2>{title}</h2>
        <Chip {...CHIPS[health]} text={say(HEALTH_WORDS[health])} />
      </div>
      {health === Health.NotUsed ? (
        <p className="page-content">{say('notUsedNote')}</p>
      ) : health === Health.Unknown ? (
        <p className="page-content">
          {silentSince === null ? say('unknownNote') : say('nothingHeard', { t: time(silentSince) })}
        </p>
      ) : (
        <dl className="pairs">
          <div>
            <dt className="crmjira-sub">{say('since')}</dt>
            <dd>{since === null ? say('unknown') : time(since)}</dd>
          </div>
          <div>
            <dt className="crmjira-sub">{say('lastGood')}</dt>
            <dd>{time(lastGoodOn)}</dd>
          </div>
          {FIGURES[name].map((figure) => (
            <div key={figure}>
              <dt className="crmjira-sub">{say(figure === 'ends' && name === 'gateway' ? 'certificate' : figure)}</dt>
              <dd>{figureOf(figure, state, props)}</dd>
            </div>
          ))}
        </dl>
      )}
      {hasTrouble && (
        <p className="page-content">
          {words} {next}
        </p>
      )}
      {(hasTrouble || health === Health.Unknown) && (
        <button
          type="button"
          className="crmjira-linkbutton"
          aria-label={say('guideOf', { name: title })}
          onClick={openGuide}
        >
          {say('guide')}
        </button>
      )}
    </div>
  );
}
