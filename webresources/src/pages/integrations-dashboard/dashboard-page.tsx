import * as React from 'react';
import { Health } from '@crmjira/domain';
import { Chip } from '@crmjira/form-data';
import { integrationsDashboardTexts } from '../../strings/generated/integrations-dashboard';
import { IntegrationsFrame, sayIntegrations } from '../integrations/integrations-frame';
import { NewMenu } from '../integrations/new-menu';
import { NoIntegration } from '../integrations/no-integration';
import { DAYS } from '../integrations/read-runs';
import { lastDays, runFigures } from '../integrations/run-figures';
import { openPage } from '../platform/open-page';
import { PageButton } from '../platform/page-button';
import { sayIn } from '../platform/page-words';
import type { PageFacts } from '../platform/start-page';
import { useReading } from '../platform/use-reading';
import { ActiveTable } from './active-table';
import { CauseTable } from './cause-table';
import { Figures } from './figures';
import { type Dashboard, readDashboard } from './read-dashboard';
import { Recent } from './recent';
import { RunBars } from './run-bars';

/** Milliseconds between two readings while the page is seen. */
const READ_EVERY = 30_000;

/** How the integrations do: figures, failures by cause, what happened last (R-1602, R-1603). */
export function DashboardPage({ facts }: { readonly facts: PageFacts }): React.ReactElement {
  const say = sayIn(integrationsDashboardTexts, facts.language);
  const sayShared = sayIntegrations(facts);
  const [reading, again] = useReading(readDashboard, READ_EVERY);
  const now = new Date().toISOString();
  return (
    <IntegrationsFrame
      {...{ facts, reading, now }}
      title={say('title')}
      commands={
        <>
          <PageButton text={sayShared('refresh')} icon="Sync" look="command" onClick={again} />
          <NewMenu say={sayShared} />
          <PageButton
            text={sayShared('allIntegrations')}
            icon="Table"
            look="command"
            onClick={() => openPage('integrations-list')}
          />
          <PageButton
            text={sayShared('auditLogs')}
            icon="Archive"
            look="command"
            onClick={() => openPage('integrations-logs')}
          />
          <PageButton
            text={sayShared('providers')}
            icon="PlugConnected"
            look="command"
            onClick={() => openPage('integrations-providers')}
          />
        </>
      }
      actions={reading.value && <Down dashboard={reading.value} facts={facts} />}
    >
      {(dashboard) =>
        dashboard.integrations.length === 0 ? (
          <NoIntegration say={sayShared} />
        ) : (
          <Content dashboard={dashboard} facts={facts} now={reading.readAt ?? now} />
        )
      }
    </IntegrationsFrame>
  );
}

function Content(props: {
  readonly dashboard: Dashboard;
  readonly facts: PageFacts;
  readonly now: string;
}): React.ReactElement {
  const { dashboard, facts, now } = props;
  const say = sayIn(integrationsDashboardTexts, facts.language);
  const sayShared = sayIntegrations(facts);
  const days = lastDays(now, DAYS);
  const figures = runFigures(dashboard.counts, days);
  const shown = { dashboard, figures, facts, say, sayShared, now };
  return (
    <>
      <Figures {...shown} />
      <div className="dashboard-pair">
        <RunBars {...shown} />
        <CauseTable {...shown} />
      </div>
      <div className="dashboard-pair">
        <ActiveTable {...shown} />
        <Recent {...shown} />
      </div>
    </>
  );
}

/** Beside the title: what is down now. */
function Down({ dashboard, facts }: { readonly dashboard: Dashboard; readonly facts: PageFacts }): React.ReactElement {
  const say = sayIn(integrationsDashboardTexts, facts.language);
  const down = dashboard.integrations.filter(({ isActive, health }) => isActive && health === Health.Down);
  const [first] = down;
  if (first === undefined) return <></>;
  const text =
    down.length === 1 ? say('isDown', { name: first.name }) : say('downN', { n: facts.format.number(down.length) });
  return <Chip tone="over" icon="ErrorBadge" text={text} />;
}
