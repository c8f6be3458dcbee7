import * as React from 'react';
import { Chip, type ChipView } from '@crmjira/form-data';
import { PageFrame } from '../platform/page-frame';
import { type Say, failureMessage, sayIn } from '../platform/page-words';
import { DefaultButton } from '../platform/plain-buttons';
import type { PageFacts } from '../platform/start-page';
import { useReading } from '../platform/use-reading';
import { GUIDE_STEPS, type GuideStep, type StepState, judgeSteps } from './guide-steps';
import { readGuideFacts } from './read-guide-facts';
import { connectionGuideTexts } from '../../strings/generated/connection-guide';

/** Milliseconds between two checks while the page is seen. */
const CHECK_EVERY = 15_000;

const CHIPS: Readonly<Record<StepState, Omit<ChipView, 'text'>>> = {
  done: { tone: 'ok', icon: 'Completed' },
  todo: { tone: 'warn', icon: 'CircleRing' },
  unknown: { tone: 'off', icon: 'Clock' },
};

type Place = Parameters<typeof Xrm.Navigation.navigateTo>[0];

/** Where a step is done or its fault is told, as far as that is a page of the app. */
const WAYS: Readonly<
  Partial<Record<GuideStep, { readonly text: keyof typeof connectionGuideTexts; readonly to: Place }>>
> = {
  connection: { text: 'openIntegrations', to: { pageType: 'entitylist', entityName: 'crmjira_integration' } },
  jira: {
    text: 'openHealth',
    to: { pageType: 'webresource', webresourceName: 'crmjira_/pages/integration-health.html' },
  },
  project: { text: 'openOpportunities', to: { pageType: 'entitylist', entityName: 'opportunity' } },
};

function WayOn({ step, say }: { readonly step: GuideStep; readonly say: Say<typeof connectionGuideTexts> }) {
  const way = WAYS[step];
  if (way === undefined) return null;
  const open = (): void => void Xrm.Navigation.navigateTo(way.to).then(undefined, console.error);
  return (
    <button type="button" className="crmjira-linkbutton" onClick={open}>
      {say(way.text)}
    </button>
  );
}

/** What an administrator does to connect Jira, each step checked against what Dataverse says. */
export function GuidePage({ facts }: { readonly facts: PageFacts }): React.ReactElement {
  const { language, format } = facts;
  const say = sayIn(connectionGuideTexts, language);
  const [reading, again] = useReading(readGuideFacts, CHECK_EVERY);
  const now = new Date().toISOString();
  const { value, readAt } = reading;
  const failure = failureMessage(reading, language, format, now);
  // Judged as of the reading: while Dataverse is away, time alone must not turn a step that was done.
  const states = value === null || readAt === null ? null : judgeSteps(value, readAt);
  const done = states === null ? 0 : GUIDE_STEPS.filter((step) => states[step] === 'done').length;
  return (
    <PageFrame
      dark={facts.dark}
      title={say('title')}
      note={readAt === null ? say('loading') : say('checked', { t: format.time(readAt, now) })}
      messages={failure === null ? [] : [failure]}
      told=""
      busy={states === null && failure === null}
      actions={<DefaultButton text={say('check')} onClick={again} />}
    >
      {states !== null && (
        <>
          <p role="status">{say('progress', { n: format.number(done), of: format.number(GUIDE_STEPS.length) })}</p>
          <ol className="page-steps">
            {GUIDE_STEPS.map((step) => (
              <li key={step} className="page-card">
                <div className="page-cardhead">
                  <h2>{say(step)}</h2>
                  <Chip {...CHIPS[states[step]]} text={say(states[step])} />
                </div>
                {states[step] !== 'done' && <p className="page-content">{say(`${step}How`)}</p>}
                {states[step] !== 'done' && value?.mayReadIntegration && <WayOn step={step} say={say} />}
              </li>
            ))}
          </ol>
        </>
      )}
    </PageFrame>
  );
}
