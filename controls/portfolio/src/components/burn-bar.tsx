/** @jsx h */
import * as React from 'react';
import { h } from '@crmjira/form-data';
import type { RowView } from '../view/portfolio-view';

/** Percent of the approved amount at the bar's right end, at its dashed tick and at its heavy marker. */
const END = 115;
const AT = { tick: 80, approved: 100 } as const;

const place = (percent: number): string => `${(percent / END) * 100}%`;

/** A bullet bar in a cell; the figure beside it says the same. */
export function BurnBar({
  bar,
  tone,
  percent,
  note,
}: Pick<RowView, 'bar' | 'tone' | 'percent' | 'note'>): React.ReactElement {
  return (
    <React.Fragment>
      <span className="crmjira-burn">
        <span className="crmjira-bullet" aria-hidden="true">
          <i className="crmjira-track" style={{ width: place(AT.approved) }} />
          <i className={`crmjira-bar crmjira-bar-${tone}`} style={{ width: place(bar) }} />
          <i className="crmjira-tick" style={{ left: place(AT.tick) }} />
          <i className="crmjira-marker" style={{ left: place(AT.approved) }} />
        </span>
        <b className="crmjira-number">{percent}</b>
      </span>
      {note && <span className="crmjira-sub crmjira-small crmjira-barnote">{note}</span>}
    </React.Fragment>
  );
}
