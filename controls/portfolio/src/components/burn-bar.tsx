/** @jsx h */
import * as React from 'react';
import { Icon, h } from '@crmjira/form-data';
import type { BurnView } from '../view/portfolio-view';

/** Percent of the approved amount at the bar's right end; its marker stands in the style sheet. */
const END = 115;

/** A bullet bar in a cell; the figure beside it says the same. */
export function BurnBar({ bar, tick, tone, percent, note }: BurnView): React.ReactElement {
  return (
    <React.Fragment>
      <span className="crmjira-burn">
        <span className="crmjira-bullet" aria-hidden="true">
          <i className={`crmjira-bar crmjira-bar-${tone}`} style={{ width: `${(bar / END) * 100}%` }} />
          <i className="crmjira-tick" style={{ left: `${(tick / END) * 100}%` }} />
        </span>
        <b>{percent}</b>
      </span>
      {note && (
        <span className="crmjira-barnote">
          <Icon name="Warning" /> {note}
        </span>
      )}
    </React.Fragment>
  );
}
