import * as React from 'react';
import { PageIcon } from '../platform/page-icon';
import type { EnterSay } from './enter-view';

/** Where a token for Jira is made (R-1622). */
export const TokenHelp = ({ say, isCloud }: { readonly say: EnterSay; readonly isCloud: boolean }) => (
  <section className="enter-help" aria-label={say('tokenMade')}>
    <h3>{say('tokenMade')}</h3>
    {isCloud ? (
      <ol>
        <li>
          {say('token1')}{' '}
          <a
            href="https://id.atlassian.com/manage-profile/security/api-tokens"
            target="_blank"
            rel="noopener noreferrer"
          >
            id.atlassian.com <PageIcon name="OpenInNewWindow" />
            <span className="crmjira-hidden">({say('newWindow')})</span>
          </a>{' '}
          {say('token1b')}
        </li>
        <li>{say('token2')}</li>
        <li>{say('token3')}</li>
      </ol>
    ) : (
      <p>{say('tokenPat')}</p>
    )}
    {isCloud && <p className="crmjira-sub">{say('tokenOther')}</p>}
  </section>
);
