import * as React from 'react';
import { BudgetStatus } from '@crmjira/domain';
import { formatPercent } from '../format/format-value';
import type { Language } from '../language';
import { Icon } from '../platform/icons';
import type { OpportunityLine } from './read-opportunities';

/** percent of the approved budget at which the bar warns */
const warningAt = 80;
const overAt = 100;

/** Burn as bar and figure: the figure says what the bar shows. */
export function Burn({ line, language }: { readonly line: OpportunityLine; readonly language: Language }) {
  const { utilization } = line;
  if (utilization === null) return null;
  // A project that ended within its budget has nothing to warn of any more.
  const below = line.status === BudgetStatus.Completed ? 'done' : utilization >= warningAt ? 'warn' : 'good';
  const look = utilization > overAt ? 'over' : below;
  return (
    <span className={`burn ${look}`}>
      <span className="burn-bar" aria-hidden="true">
        <i style={{ width: `${Math.min(100, utilization)}%` }} />
      </span>
      <span className="number">{formatPercent(utilization, language)}</span>
      {look === 'over' && <Icon name="ErrorBadge" />}
      {look === 'warn' && <Icon name="Warning" />}
    </span>
  );
}
