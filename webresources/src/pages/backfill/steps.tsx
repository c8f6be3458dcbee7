import * as React from 'react';
import type { backfillPageTexts } from '../../strings/generated/backfill-page';
import { PageIcon } from '../platform/page-icon';
import type { PageFormat } from '../platform/page-format';
import type { Say } from '../platform/page-words';

const STEPS = ['step1', 'step2', 'step3', 'step4'] as const;

/** Where in the wizard one is. @param step from 0 */
export const Steps = (props: {
  readonly step: number;
  readonly say: Say<typeof backfillPageTexts>;
  readonly format: PageFormat;
}): React.ReactElement => {
  const { step, say, format } = props;
  return (
    <ol className="backfill-steps" aria-label={say('steps')}>
      {STEPS.map((name, at) => (
        <li
          key={name}
          className={at < step ? 'backfill-done' : undefined}
          aria-current={at === step ? 'step' : undefined}
        >
          <span className="backfill-dot">{at < step ? <PageIcon name="Accept" /> : format.number(at + 1)}</span>
          {say(name)}
        </li>
      ))}
    </ol>
  );
};
