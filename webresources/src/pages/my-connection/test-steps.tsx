import * as React from 'react';
import { Chip, Icon } from '@crmjira/form-data';
import { type ConnectionSay, STEPS, connectionAnswer, stoppedAt } from './connection-view';
import type { AskedConnection } from './use-connection-commands';

/** The four checks of a test and how far it came; the service says which one stopped it. */
export function TestSteps(props: {
  readonly say: ConnectionSay;
  readonly isTesting: boolean;
  readonly asked: AskedConnection | null;
}): React.ReactElement | null {
  const { say, isTesting, asked } = props;
  const stopped = isTesting ? null : stoppedAt(connectionAnswer(asked?.asked.answer).reason);
  if (!isTesting && stopped === null) return null;
  return (
    <>
      {isTesting && <Chip tone="brand" icon="ProgressRingDots" text={say('testing')} />}
      <ol className="connection-steps">
        {STEPS.map((step, index) => {
          const state = stopped === null || index > stopped ? 'stepOpen' : index < stopped ? 'stepDone' : 'stepFailed';
          return (
            <li key={step} className={`connection-${state}`}>
              <Icon name={state === 'stepDone' ? 'Completed' : state === 'stepFailed' ? 'ErrorBadge' : 'CircleRing'} />
              {say(step)}
              {!isTesting && <span className="crmjira-hidden"> ({say(state)})</span>}
            </li>
          );
        })}
      </ol>
    </>
  );
}
