import * as React from 'react';
import { Health } from '@crmjira/domain';
import { Chip } from '@crmjira/form-data';
import { rateOf } from '../integrations/run-figures';
import { triggerText } from '../integrations/run-words';
import type { Shown } from './shown';

/** Figures at a glance; nothing is shown as a percentage where there was no run. */
export function Figures(shown: Shown): React.ReactElement {
  const { say } = shown;
  return (
    <section className="page-cards dashboard-figures" aria-label={say('atAGlance')}>
      <Total {...shown} />
      <Rate {...shown} />
      <Failed {...shown} />
      <Triggers {...shown} />
    </section>
  );
}

function Total({ dashboard, facts, say }: Shown): React.ReactElement {
  const { format } = facts;
  const { integrations } = dashboard;
  const active = integrations.filter(({ isActive }) => isActive);
  const count = (wanted: Health): number => active.filter(({ health }) => health === wanted).length;
  const [healthy, attention, down] = [count(Health.Healthy), count(Health.Degraded), count(Health.Down)];
  return (
    <div className="page-card">
      <h2>{say('total')}</h2>
      <p className="page-figure">{format.number(integrations.length)}</p>
      <p className="crmjira-sub">
        {say('activeN', { a: format.number(active.length), b: format.number(integrations.length - active.length) })}
      </p>
      <p className="page-withchips">
        {healthy > 0 && <Chip tone="ok" icon="Completed" text={say('healthyN', { n: format.number(healthy) })} />}
        {attention > 0 && <Chip tone="warn" icon="Warning" text={say('attentionN', { n: format.number(attention) })} />}
        {down > 0 && <Chip tone="over" icon="ErrorBadge" text={say('downShort', { n: format.number(down) })} />}
      </p>
    </div>
  );
}

function Rate({ figures, facts, say }: Shown): React.ReactElement {
  const { format } = facts;
  const { runs, failed } = figures.now;
  const [rate, before] = [rateOf(figures.now), rateOf(figures.before)];
  return (
    <div className="page-card">
      <h2>{say('rate')}</h2>
      <p className="page-figure">{rate === null ? '–' : format.percent(rate, 1)}</p>
      <p className="crmjira-sub">
        {rate === null ? say('noRuns') : say('rateNote', { n: format.number(runs - failed), m: format.number(runs) })}
      </p>
      <p className="page-withchips">
        {rate !== null && before !== null && <Points points={pointsOf(rate, before)} {...{ format, say }} />}
        <span className="crmjira-sub">
          {before === null ? say('noneBefore') : say('before', { p: format.percent(before, 1) })}
        </span>
      </p>
    </div>
  );
}

/** Points between two rates as they are shown, so that the three figures agree. Pure. */
export const pointsOf = (rate: number, before: number): number =>
  (Math.round(rate * 10) - Math.round(before * 10)) / 10;

function Points(props: {
  readonly points: number;
  readonly format: Shown['facts']['format'];
  readonly say: Shown['say'];
}): React.ReactElement {
  const { points, format, say } = props;
  if (points === 0) return <Chip tone="neutral" icon="Remove" text={say('same')} />;
  const x = format.number(Math.abs(points), 1);
  return points > 0 ? (
    <Chip tone="ok" icon="Accept" text={say('pointsUp', { x })} />
  ) : (
    <Chip tone="warn" icon="ChevronDown" text={say('pointsDown', { x })} />
  );
}

function Failed({ figures, dashboard, facts, say }: Shown): React.ReactElement {
  const { format } = facts;
  const [worst] = [...figures.byIntegration].sort(([, one], [, other]) => other.failed - one.failed);
  const name = dashboard.integrations.find(({ id }) => id === worst?.[0])?.name;
  return (
    <div className="page-card">
      <h2>{say('failedRuns')}</h2>
      <p className="page-figure">{format.number(figures.now.failed)}</p>
      <p className="crmjira-sub">{say('failedNote', { n: format.number(figures.before.failed) })}</p>
      {worst !== undefined && worst[1].failed > 0 && name !== undefined && (
        <p className="dashboard-line">{say('ofThem', { n: format.number(worst[1].failed), name })}</p>
      )}
    </div>
  );
}

function Triggers({ figures, facts, say, sayShared }: Shown): React.ReactElement {
  const { format } = facts;
  const all = figures.now.runs;
  return (
    <div className="page-card">
      <h2>{say('byTrigger')}</h2>
      <p className="page-figure">{format.number(all)}</p>
      <p className="crmjira-sub">{say('lastDays')}</p>
      <dl className="dashboard-triggers">
        {figures.triggers.map(({ trigger, runs }) => (
          <div key={trigger}>
            <dt>{triggerText(trigger, sayShared)}</dt>
            <dd>{format.number(runs)}</dd>
            <dd className="crmjira-sub">{format.percent((100 * runs) / all, 1)}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
