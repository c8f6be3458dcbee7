/** @jsx h */
import * as React from 'react';
import {
  h,
  ActionButtons,
  type ActionView,
  ControlRoot,
  Heading,
  Icon,
  Live,
  type Look,
  Skeleton,
} from '@crmjira/form-data';
import type { StatusView } from './status-view';

export interface StatusCardProps {
  readonly view: StatusView;
  /** change of state, for those who cannot see it */
  readonly news: string;
  /** why what was asked for here was not done */
  readonly told: string;
  readonly look: Look;
  readonly id: string;
  readonly onAction: (action: ActionView) => void;
}

/** Draws a StatusView; decides nothing. */
export const StatusCard = React.memo(function StatusCard(props: StatusCardProps): React.ReactElement {
  const { view, look, id } = props;
  return (
    <ControlRoot look={look} labelledBy={id} narrow={view.narrow} busy={!!view.loading}>
      <Heading id={id} title={view.title} chips={view.chips}>
        {view.locked && (
          <span className="crmjira-sub">
            <Icon name="Lock" />
            <span className="crmjira-hidden">{view.locked}</span>
          </span>
        )}
        {view.share && (
          <span className={`crmjira-share${view.locked ? ' crmjira-sub' : ''}`}>
            {view.share}
            <span className="crmjira-hidden">{view.shareHint}</span>
          </span>
        )}
      </Heading>
      {view.loading && <Skeleton label={view.loading} />}
      {view.why && <p className="crmjira-why">{view.why}</p>}
      {view.review && (
        <p id={`${id}-review`} className="crmjira-why" tabIndex={-1}>
          {view.review}
        </p>
      )}
      <ActionButtons actions={view.actions} onAction={props.onAction} />
      <Live told={props.told} news={props.news} />
    </ControlRoot>
  );
});
