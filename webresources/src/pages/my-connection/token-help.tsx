import * as React from 'react';
import { PageIcon } from '../platform/page-icon';
import type { ConnectionSay } from './connection-view';

/** How to come by a token, and what it has to be able to do (R-1802, R-1817). */
export function TokenHelp({ kind, say }: { readonly kind: 'apiToken' | 'pat'; readonly say: ConnectionSay }) {
  const isCloud = kind === 'apiToken';
  const steps = isCloud ? (['help1', 'help2', 'help3'] as const) : (['helpPat1', 'helpPat2', 'helpPat3'] as const);
  return (
    <section className="page-card">
      <h2>{say(isCloud ? 'help' : 'helpPat')}</h2>
      <ol className="connection-help">
        {steps.map((step) => (
          <li key={step}>
            {say(step)}
            {step === 'help1' && (
              <a
                href="https://id.atlassian.com/manage-profile/security/api-tokens"
                target="_blank"
                rel="noopener noreferrer"
              >
                id.atlassian.com <PageIcon name="OpenInNewWindow" />
                <span className="crmjira-hidden">({say('newWindow')})</span>
              </a>
            )}
          </li>
        ))}
      </ol>
      <p className="crmjira-sub page-withicon">
        <PageIcon name="Lock" />
        {say('help4')}
      </p>
    </section>
  );
}
