import * as React from 'react';
import { PageButton } from '../platform/page-button';
import { openPage } from '../platform/open-page';
import { PageIcon } from '../platform/page-icon';
import { type Say, counted } from '../platform/page-words';
import { ProgressBar } from '../platform/progress-bar';
import type { PageFacts } from '../platform/start-page';
import { type JiraFacts, type StepName, sizeOf, stepsDone } from './jira-view';
import type { jiraProjectsTexts } from '../../strings/generated/jira-projects';

type Key = keyof typeof jiraProjectsTexts;

const WORDS = {
  organization: 'stepOrganization',
  test: 'stepTest',
  sync: 'stepSync',
  product: 'stepProduct',
  ticket: 'stepTicket',
} as const satisfies Readonly<Record<StepName, Key>>;

const HINTS: Readonly<Partial<Record<StepName, Key>>> = {
  organization: 'stepOrganizationNote',
  product: 'stepProductNote',
  ticket: 'stepTicketNote',
};

/** What is left to do before errors and tickets stand side by side (R-1719). */
export function Checklist(props: {
  readonly jira: JiraFacts;
  readonly facts: PageFacts;
  readonly say: Say<typeof jiraProjectsTexts>;
  readonly now: string;
  readonly onTest: () => void;
  readonly onSync: () => void;
  readonly onAssign: () => void;
}): React.ReactElement {
  const { jira, facts, say, now, onTest, onSync, onAssign } = props;
  const { format } = facts;
  const done = stepsDone(jira);
  const steps = Object.entries(done) as [StepName, boolean][];
  const next = steps.find(([, isDone]) => !isDone)?.[0];
  const count = steps.filter(([, isDone]) => isDone).length;
  const ways: Readonly<Record<StepName, readonly [Key, () => void]>> = {
    organization: ['addOrganization', () => openPage('connection-guide')],
    test: ['testConnection', onTest],
    sync: ['syncNow', onSync],
    product: ['bulkAssign', onAssign],
    ticket: ['openProductHealth', () => openPage('product-health')],
  };
  return (
    <section className="page-card" aria-labelledby="checklist">
      <div className="page-cardhead">
        <h2 id="checklist">{say('checklist')}</h2>
        <p className="crmjira-sub">{say('stepsDone', { n: format.number(count) })}</p>
      </div>
      <ProgressBar name={say('stepsBar')} done={count} of={steps.length} />
      <ol className="page-checklist">
        {steps.map(([step, isDone]) => {
          const hint = HINTS[step];
          const note = isDone ? noteOf(step, jira, { say, format, now }) : hint && say(hint);
          const [way, go] = ways[step];
          return (
            <li key={step}>
              <span className={isDone ? 'page-done' : 'crmjira-sub'}>
                <PageIcon name={isDone ? 'Completed' : 'CircleRing'} />
                <span className="crmjira-hidden">{say(isDone ? 'done' : 'open')}</span>
              </span>
              <div>
                <p className={step === next ? 'crmjira-strong' : undefined}>{say(WORDS[step])}</p>
                {note && <p className="crmjira-sub">{note}</p>}
              </div>
              {step === next && <PageButton text={say(way)} look="small primary" onClick={go} />}
            </li>
          );
        })}
      </ol>
    </section>
  );
}

/** When and by whom a step was done; empty where nothing tells. */
function noteOf(
  step: StepName,
  jira: JiraFacts,
  { say, format, now }: { say: Say<typeof jiraProjectsTexts>; format: PageFacts['format']; now: string },
): string {
  const { organizations, firstSync } = jira;
  if (step === 'organization') {
    const [first] = [...organizations].sort((one, other) => (one.addedOn ?? '').localeCompare(other.addedOn ?? ''));
    if (!first?.addedOn || first.addedBy === null) return '';
    return say('addedBy', { name: first.name, who: first.addedBy, d: format.day(first.addedOn.slice(0, 10)) });
  }
  if (step === 'test') {
    const on = organizations.flatMap(({ testOk, testedOn }) => (testOk && testedOn !== null ? testedOn : [])).sort()[0];
    return on === undefined ? '' : say('passedOn', { d: format.time(on, now) });
  }
  if (step === 'sync' && firstSync !== null) {
    const issues = counted(say, 'issuesN', firstSync.records ?? sizeOf(jira).issues, format);
    return say('syncedOn', { n: issues, d: format.time(firstSync.on, now) });
  }
  return '';
}
