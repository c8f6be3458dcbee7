import * as React from 'react';
import type { timeSyncTexts } from '../../strings/generated/time-sync';
import type { Say } from '../platform/page-words';

/** Two days on the person's clock, as 2025-05-16; empty: no bound. */
export interface PeriodView {
  readonly from: string;
  readonly to: string;
}

export function Period(
  props: PeriodView & {
    readonly say: Say<typeof timeSyncTexts>;
    readonly onChange: (period: PeriodView) => void;
  },
): React.ReactElement {
  const { from, to, say, onChange } = props;
  const day = (name: 'from' | 'to', value: string): React.ReactElement => (
    <label className="page-field">
      {say(name)}
      <input
        type="date"
        className="page-input"
        value={value}
        onChange={({ currentTarget }) => onChange({ from, to, [name]: currentTarget.value })}
      />
    </label>
  );
  return (
    <>
      {day('from', from)}
      {day('to', to)}
    </>
  );
}
