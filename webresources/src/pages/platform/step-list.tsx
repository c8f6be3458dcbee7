import * as React from 'react';
import { PageIcon } from './page-icon';
import type { PageFormat } from './page-format';

/** Where in a wizard one is. @param step from 0 */
export const StepList = (props: {
  /** what the list is called */
  readonly name: string;
  readonly steps: readonly string[];
  readonly step: number;
  readonly format: PageFormat;
}): React.ReactElement => {
  const { name, steps, step, format } = props;
  return (
    <ol className="page-steplist" aria-label={name}>
      {steps.map((text, at) => (
        <li
          key={text}
          className={at < step ? 'page-stepdone' : undefined}
          aria-current={at === step ? 'step' : undefined}
        >
          <span className="page-stepdot">{at < step ? <PageIcon name="Accept" /> : format.number(at + 1)}</span>
          {text}
        </li>
      ))}
    </ol>
  );
};
