import * as React from 'react';
import { Health, type Language, failureSentence } from '@crmjira/domain';
import { Chip, type ChipView } from '@crmjira/form-data';
import type { PageFormat } from '../platform/page-format';
import type { Say } from '../platform/page-words';
import { expirySentence, figuresOf, lastFiguresOf } from './dependency-figures';
import { type ConnectionHealth, type DependencyHealth, dependencyNow } from './health-figures';
import type { integrationHealthTexts } from '../../strings/generated/integration-health';

interface CardProps {
  readonly say: Say<typeof integrationHealthTexts>;
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
} as const satisfies Readonly<Record<Health, keyof typeof integrationHealthTexts>>;

/** The page that leads through the set-up, in place of this one (Microsoft, client API reference, navigateTo). */
function openGuide(): void {
  Xrm.Navigation.navigateTo({
    pageType: 'webresource',
    webresourceName: 'crmjira_/pages/connection-guide.html',
  }).then(undefined, console.error);
}

/** What a card says of a failure: `words` are those that go with its code, `next` is what to do about its kind of dependency. */
interface Trouble {
  readonly say: CardProps['say'];
  readonly format: PageFormat;
  readonly daysLeft: DependencyHealth['daysLeft'];
  readonly words: string;
  readonly next: string;
}

const withNext = ({ words, next }: Trouble): string => `${words} ${next}`;

/** Codes of a side that answers: what to do about it is not what ends an outage. */
const SENTENCES: Readonly<Record<string, (trouble: Trouble) => string>> = {
  // A token, secret or certificate ends (R-1106).
  'expires-soon': (trouble) => expirySentence(trouble.daysLeft, trouble.say, trouble.format) ?? withNext(trouble),
  'webhooks-silent': ({ say }) => say('webhooksSilent'),
  // A copied environment does not write to Jira.
  'environment-moved': ({ words }) => words,
  'issue-maps': ({ say, words }) => `${say('mapsUnusable')} ${words}`,
};

/** A card for each thing that the service needs: state, since when, what is wrong and what to do. A section for each of several connections. */
export function Dependencies(
  props: CardProps & { readonly connections: readonly ConnectionHealth[] },
): React.ReactElement | null {
  const { connections, say, now } = props;
  const [first, ...others] = connections;
  if (first === undefined) return null;
  const cardsOf = (connection: ConnectionHealth): readonly React.ReactElement[] =>
    connection.dependencies.map((told) => (
      <DependencyCard
        key={told.name}
        {...props}
        heading={others.length === 0 ? 'h2' : 'h3'}
        title={say(told.name)}
        fullTitle={others.length === 0 ? say(told.name) : `${connection.name} · ${say(told.name)}`}
        next={say(`${told.name}Next`)}
        connection={connection}
        state={dependencyNow(connection, told, now)}
      />
    ));
  if (others.length === 0)
    return (
      <section aria-label={say('dependencies')} className="page-cards">
        {cardsOf(first)}
      </section>
    );
  return (
    <>
      {connections.map((connection) => (
        <section key={connection.id} aria-labelledby={`needs-${connection.id}`} className="connection">
          <h2 id={`needs-${connection.id}`}>{connection.name}</h2>
          <div className="page-cards">{cardsOf(connection)}</div>
        </section>
      ))}
    </>
  );
}

function DependencyCard(
  props: CardProps & {
    readonly heading: 'h2' | 'h3';
    readonly title: string;
    /** it, as it stands alone */
    readonly fullTitle: string;
    readonly next: string;
    readonly connection: ConnectionHealth;
    readonly state: DependencyHealth;
  },
): React.ReactElement {
  const { heading: Heading, title, fullTitle, next, connection, state, say, language, format, now } = props;
  const { health, since, lastGoodOn, reason, code, silentSince } = state;
  const time = (instant: string | null): string => (instant === null ? say('never') : format.time(instant, now));
  const hasTrouble = health === Health.Degraded || health === Health.Down;
  const trouble = { say, format, daysLeft: state.daysLeft, words: failureSentence(code, reason ?? '', language), next };
  const told = (SENTENCES[code ?? ''] ?? withNext)(trouble);
  return (
    <div className="page-card">
      <div className="page-cardhead">
        <Heading>{title}</Heading>
        <Chip {...CHIPS[health]} text={say(HEALTH_WORDS[health])} />
      </div>
      {health === Health.NotUsed ? (
        <p className="page-content">{say('notUsedNote')}</p>
      ) : health === Health.Unknown ? (
        <p className="page-content">
          {silentSince === null ? say('unknownNote') : say('nothingHeard', { t: time(silentSince) })}
        </p>
      ) : (
        <dl className="figures">
          {[
            ...figuresOf(connection, state, say, format),
            { name: say('since'), value: since === null ? say('unknown') : time(since), begins: true },
            { name: say('lastGood'), value: time(lastGoodOn) },
            ...lastFiguresOf(state, Heading === 'h3', say, format),
          ].map((figure) => (
            <div key={figure.name} className={figure.begins ? 'figures-begin' : undefined}>
              <dt className="crmjira-sub">{figure.name}</dt>
              <dd>{figure.value}</dd>
            </div>
          ))}
        </dl>
      )}
      {hasTrouble && <p className="page-content">{told}</p>}
      {(hasTrouble || health === Health.Unknown) && (
        <button
          type="button"
          className="crmjira-linkbutton"
          aria-label={say('guideOf', { name: fullTitle })}
          onClick={openGuide}
        >
          {say('guide')}
        </button>
      )}
    </div>
  );
}
