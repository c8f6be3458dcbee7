import * as React from 'react';
import { openPage } from '../platform/open-page';
import { PageButton } from '../platform/page-button';
import { OFFERED, PROVIDER_WORDS } from './integration';
import type { IntegrationsSay } from './run-words';

/** Nothing is connected yet: what can be, and what comes next. */
export const NoIntegration = ({ say }: { readonly say: IntegrationsSay }): React.ReactElement => (
  <section className="page-card page-empty">
    <p>
      <b className="crmjira-strong">{say('noIntegration')}</b>
    </p>
    <p>{say('noIntegrationNext')}</p>
    {OFFERED.map((code) => {
      const { name, page, icon } = PROVIDER_WORDS[code];
      return <PageButton key={code} text={say(name)} icon={icon} onClick={() => openPage(page)} />;
    })}
  </section>
);
