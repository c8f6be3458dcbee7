/** @jsx h */
import { Icon, type Words, h } from '@crmjira/form-data';
import type * as React from 'react';
import type { StringKey } from './generated/string-keys';
import type { DayView } from './week-view';

/** Hours of a week: solid is in Jira, the outline is not yet, dashed is what is expected. */
export function WeekStrip(props: {
  readonly days: readonly DayView[];
  readonly say: Words<StringKey>;
  readonly onLog: (day: string) => void;
}): React.ReactElement {
  const { say } = props;
  const share = (of: number): React.CSSProperties => ({ height: `${of * 100}%` });
  return (
    <div className="crmjira-week">
      {props.days.map(({ day, left, ...one }) => (
        <div key={day} className={one.isToday ? 'crmjira-day crmjira-today' : 'crmjira-day'}>
          <span>{one.caption}</span>
          <div className="crmjira-bar" role="img" aria-label={one.said}>
            {one.height > 0 && <i style={share(one.height)} />}
            {one.solid > 0 && <b style={share(one.solid)} />}
            {one.target !== null && <u style={share(one.target)} />}
          </div>
          <strong>{one.total}</strong>
          {left ? (
            <button type="button" aria-label={one.leftSaid} title={one.leftSaid} onClick={() => props.onLog(day)}>
              <Icon name="Add" />
              <span className="crmjira-words">{say('t.log', { d: left })}</span>
              <span className="crmjira-hours">{left}</span>
            </button>
          ) : one.isComplete ? (
            <span className="crmjira-complete">
              <Icon name="Completed" /> <span>{say('t.done')}</span>
            </span>
          ) : null}
        </div>
      ))}
    </div>
  );
}
