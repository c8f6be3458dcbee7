import * as React from 'react';
import { integrationsProvidersTexts } from '../../strings/generated/integrations-providers';
import { PROVIDER_WORDS, codeOf } from '../integrations/integration';
import { IntegrationsFrame, sayIntegrations } from '../integrations/integrations-frame';
import type { IntegrationsSay } from '../integrations/run-words';
import { openPage } from '../platform/open-page';
import { PageButton } from '../platform/page-button';
import { type Say, sayIn } from '../platform/page-words';
import { ScrollTable } from '../platform/scroll-table';
import type { PageFacts } from '../platform/start-page';
import { useReading } from '../platform/use-reading';
import { type Provider, readProviders } from './read-providers';

/** Milliseconds between two readings while the page is seen. */
const READ_EVERY = 30_000;

/** What can be connected, whether it tells of changes by itself, and how many of it there are (R-1601). */
export function ProvidersPage({ facts }: { readonly facts: PageFacts }): React.ReactElement {
  const say = sayIn(integrationsProvidersTexts, facts.language);
  const sayShared = sayIntegrations(facts);
  const [reading, again] = useReading(readProviders, READ_EVERY);
  const now = new Date().toISOString();
  return (
    <IntegrationsFrame
      {...{ facts, reading, now }}
      title={say('title')}
      commands={
        <>
          <PageButton text={sayShared('refresh')} icon="Sync" look="command" onClick={again} />
          <PageButton
            text={sayShared('allIntegrations')}
            icon="Table"
            look="command"
            onClick={() => openPage('integrations-list')}
          />
          <PageButton
            text={sayShared('dashboard')}
            icon="LineChart"
            look="command"
            onClick={() => openPage('integrations-dashboard')}
          />
        </>
      }
    >
      {(providers) => (
        <section className="page-card">
          <p className="crmjira-sub">{say('about')}</p>
          <ScrollTable name={say('title')}>
            <thead>
              <tr>
                {[sayShared('provider'), say('description'), say('webhooks'), say('count')].map((head) => (
                  <th key={head} scope="col">
                    {head}
                  </th>
                ))}
                <th scope="col">
                  <span className="crmjira-hidden">{say('actions')}</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {providers.map((provider) => (
                <Row key={provider.code} {...{ provider, facts, say, sayShared }} />
              ))}
            </tbody>
          </ScrollTable>
        </section>
      )}
    </IntegrationsFrame>
  );
}

function Row(props: {
  readonly provider: Provider;
  readonly facts: PageFacts;
  readonly say: Say<typeof integrationsProvidersTexts>;
  readonly sayShared: IntegrationsSay;
}): React.ReactElement {
  const { provider, facts, say, sayShared } = props;
  const { format } = facts;
  const { active, inactive, webhooks } = provider;
  const code = codeOf(provider.code);
  const words = code === null ? null : PROVIDER_WORDS[code];
  const name = words === null ? provider.name : sayShared(words.name);
  return (
    <tr>
      <th scope="row">
        <b className="crmjira-strong">{name}</b>
      </th>
      <td>{words === null ? provider.description : sayShared(words.about)}</td>
      <td>{webhooks === null ? '–' : say(webhooks ? 'yes' : 'no')}</td>
      <td className="page-nowrap">
        {active + inactive === 0
          ? say('noneYet')
          : say('activeN', { a: format.number(active), b: format.number(inactive) })}
      </td>
      <td className="page-number">
        {words === null ? (
          say('builtIn')
        ) : (
          <PageButton
            text={say('create')}
            label={say('createOf', { name })}
            icon="Add"
            look="small"
            onClick={() => openPage(words.page)}
          />
        )}
      </td>
    </tr>
  );
}
