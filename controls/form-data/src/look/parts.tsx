/** @jsx h */
import * as React from 'react';
import { h } from './h';
import { type IconName, Icon } from './icons';

/** Hue of a chip's or message's icon; the words carry the meaning. */
export type Tone = 'neutral' | 'brand' | 'ok' | 'warn' | 'over' | 'off';

export interface ChipView {
  readonly tone: Tone;
  readonly icon: IconName;
  readonly text: string;
}

export function Chip({ tone, icon, text }: ChipView): React.ReactElement {
  return (
    <span className={`crmjira-chip crmjira-${tone}`}>
      <Icon name={icon} />
      {text}
    </span>
  );
}

export interface MessageView {
  readonly tone: Tone;
  readonly icon: IconName;
  /** what happened */
  readonly strong: string;
  /** what is safe and what to do next */
  readonly text: string;
}

export function Message({ tone, icon, strong, text }: MessageView): React.ReactElement {
  return (
    <div className={`crmjira-message crmjira-${tone}`}>
      <Icon name={icon} />
      <div>
        <p className="crmjira-strong">{strong}</p>
        <p>{text}</p>
      </div>
    </div>
  );
}

/** Title, chip and what stands at the far end of the first line. */
export function Heading(props: {
  readonly id: string;
  readonly title: string;
  readonly chips: readonly ChipView[];
  readonly children?: React.ReactNode;
}): React.ReactElement {
  return (
    <div className="crmjira-heading">
      <h3 id={props.id}>{props.title}</h3>
      {props.chips.map((chip) => (
        <Chip key={chip.text} {...chip} />
      ))}
      <span className="crmjira-spring" />
      {props.children}
    </div>
  );
}

/**
 * Announces results of the person's own actions and changes of state, never a mere reading.
 * @param told answer to the person's own action, also shown; @param news change of state, shown elsewhere already
 */
export function Live({ told, news }: { readonly told: string; readonly news: string }): React.ReactElement {
  return (
    <React.Fragment>
      <div className="crmjira-hidden" role="status" aria-live="polite">
        {told || news}
      </div>
      {told && (
        <p className="crmjira-sub crmjira-note" aria-hidden="true">
          {told}
        </p>
      )}
    </React.Fragment>
  );
}

/** Grey bars in the shape of what is being read. */
export function Skeleton({ label }: { readonly label: string }): React.ReactElement {
  return (
    <div className="crmjira-skeleton" role="status" aria-label={label}>
      <span />
      <span />
      <span />
    </div>
  );
}
