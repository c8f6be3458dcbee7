/** @jsx h */
import * as React from 'react';
import type { WhatIf } from '@crmjira/domain';
import {
  ActionButtons,
  type CardProps,
  ControlRoot,
  Heading,
  Live,
  Message,
  NARROW_BELOW,
  Skeleton,
  WIDE_FROM,
  h,
} from '@crmjira/form-data';
import { bullet } from '../geometry/bullet';
import { burnUp } from '../geometry/burn-up';
import type { Measure } from '../geometry/measure';
import { chartWidths } from '../geometry/widths';
import type { BurnView } from '../view/burn-view';
import { chartPart } from './chart';
import { figureList, headlinePart, tablePart } from './figures';
import { type ViewName, viewToggle } from './view-toggle';
import { whatIfSliders } from './what-if-sliders';
import { WorkPart } from './work-part';

export interface BurnCardProps extends CardProps<BurnView> {
  readonly measure: Measure;
  readonly onWhatIf: (change: Partial<WhatIf>) => void;
  /** whether somebody looks at what each person did */
  readonly onWork: (isAsked: boolean) => void;
}

/** Draws a BurnView; decides nothing but which of chart and table is shown. */
export const BurnCard = React.memo(function BurnCard(props: BurnCardProps): React.ReactElement {
  const { view, look, id, measure } = props;
  const { chart } = view;
  const [shown, show] = React.useState<ViewName>('chart');
  const narrow = view.width < NARROW_BELOW;
  const wide = view.width >= WIDE_FROM && !!view.burnUp;
  const widths = chartWidths(view.width, wide);
  const hatchId = `${id}-hatch`;
  const actions = <ActionButtons actions={view.actions} onAction={props.onAction} />;
  return (
    <ControlRoot look={look} labelledBy={id} narrow={narrow} busy={!!view.loading}>
      <Heading id={id} title={view.title} chips={view.chips}>
        {view.views && viewToggle(`${id}-view`, view.views, shown, show)}
      </Heading>
      {view.loading && <Skeleton label={view.loading} />}
      {view.messages?.map((message) => (
        <Message key={message.strong} {...message} />
      ))}
      {!view.strong && actions}
      {view.strong && <p className="crmjira-strong">{view.strong}</p>}
      <div className={wide ? 'crmjira-beside' : undefined}>
        <div>
          {view.headline && headlinePart(view.headline)}
          {chart && chartPart(bullet(chart, widths.bullet, !narrow && !wide, measure), hatchId, view.summary)}
          {view.lede && <p className="crmjira-sub">{view.lede}</p>}
          {view.figures && figureList(view.figures)}
          {view.whatIf && whatIfSliders(view.whatIf, props.onWhatIf)}
          {view.assumed && <Message {...view.assumed} />}
          <ActionButtons actions={view.assumedActions} onAction={props.onAction} />
        </div>
        {chart &&
          view.burnUp &&
          shown === 'chart' &&
          // The bar's sentence and the tables say the same.
          chartPart(burnUp(chart, widths.burnUp, widths.burnUpHeight, narrow, measure), hatchId)}
        {shown === 'table' && (
          <div>
            {view.tables?.map(tablePart)}
            <ActionButtons actions={view.tableActions} onAction={props.onAction} />
            {view.work && <WorkPart {...view.work} onAsk={props.onWork} />}
          </div>
        )}
      </div>
      {view.strong && actions}
      {view.footer && (
        <div className="crmjira-footer">
          {view.footer.map((line) => (
            <span key={line}>{line}</span>
          ))}
        </div>
      )}
      <Live told={props.told} news={props.news} />
    </ControlRoot>
  );
});
