import * as React from 'react';
import { Chip } from '@crmjira/form-data';
import { healthChip } from '../integrations/health-words';
import { providerText } from '../integrations/integration';
import { type Total, rateOf } from '../integrations/run-figures';
import { LinkButton } from '../platform/link-button';
import { openPage } from '../platform/open-page';
import { PageButton } from '../platform/page-button';
import { counted } from '../platform/page-words';
import { ScrollTable } from '../platform/scroll-table';
import type { Shown } from './shown';

const NONE: Total = { runs: 0, failed: 0 };

/** Active integrations with their health and the runs of 7 days (R-1603). */
export function ActiveTable({ dashboard, figures, facts, say, sayShared }: Shown): React.ReactElement {
  const { format } = facts;
  const active = dashboard.integrations.filter(({ isActive }) => isActive);
  const cells = (total: Total): React.ReactElement => {
    const rate = rateOf(total);
    return (
      <>
        <td className="page-number">{format.number(total.runs)}</td>
        <td className="page-number">{format.number(total.failed)}</td>
        <td className="page-number">
          <b className="crmjira-strong">{rate === null ? '–' : format.percent(rate, 1)}</b>
        </td>
      </>
    );
  };
  const own = active.map(({ id }) => figures.byIntegration.get(id) ?? NONE);
  const sum = own.reduce((all, { runs, failed }) => ({ runs: all.runs + runs, failed: all.failed + failed }), NONE);
  return (
    <section className="page-card">
      <div className="page-cardhead">
        <h2>{say('activeOnes')}</h2>
        <p className="crmjira-sub page-spread">{say('last7')}</p>
        <LinkButton
          text={counted(say, 'allN', dashboard.integrations.length, format)}
          onClick={() => openPage('integrations-list')}
        />
      </div>
      {active.length === 0 ? (
        <div className="page-empty">
          <p>
            {say('noneActive')} {say('noneActiveNext')}
          </p>
          <PageButton text={sayShared('allIntegrations')} icon="Table" onClick={() => openPage('integrations-list')} />
        </div>
      ) : (
        <ScrollTable name={say('activeOnes')}>
          <thead>
            <tr>
              <th scope="col">{sayShared('integration')}</th>
              <th scope="col">{sayShared('health')}</th>
              {[say('runs'), say('failures'), say('success')].map((head) => (
                <th key={head} scope="col" className="page-number">
                  {head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {active.map((integration, index) => (
              <tr key={integration.id}>
                <th scope="row">
                  <LinkButton
                    text={integration.name}
                    onClick={() => openPage('integration-detail', `id=${integration.id}`)}
                  />
                  {` · ${providerText(integration, sayShared)}`}
                </th>
                <td>
                  <Chip {...healthChip(integration, sayShared)} />
                </td>
                {cells(own[index] ?? NONE)}
              </tr>
            ))}
            <tr className="page-sum">
              <th scope="row">{say('sum')}</th>
              <td />
              {cells(sum)}
            </tr>
          </tbody>
        </ScrollTable>
      )}
    </section>
  );
}
