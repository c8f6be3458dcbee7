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
import { Chart } from './chart';
import { BurnTable, FigureList, Headline } from './figures';
import { type ViewName, ViewToggle } from './view-toggle';
import { WhatIfSliders } from './what-if-sliders';

export interface BurnCardProps extends CardProps<BurnView> {
  readonly measure: Measure;
  readonly onWhatIf: (change: Partial<WhatIf>) => void;
}

/** Draws a BurnView; decides nothing but which of chart and table is shown. */
export const BurnCard = React.memo(function BurnCard(props: BurnCardProps): React.ReactElement {
  const { view, look, id, measure } = props;
  const { chart } = view;
  const [shown, show] = React.useState<ViewName>('chart');
  const narrow = view.width < NARROW_BELOW;
  const wide = view.width >= WIDE_FROM && !!view.burnUp;
  const widths = chartWidths(view.width, wide);
  const actions = <ActionButtons actions={view.actions} onAction={props.onAction} />;
  return (
    <ControlRoot look={look} labelledBy={id} narrow={narrow} busy={!!view.loading} onUse={props.onUse}>
      <Heading id={id} title={view.title} chips={view.chips}>
        {view.views && <ViewToggle id={`${id}-view`} texts={view.views} value={shown} onChange={show} />}
      </Heading>
      {view.loading && <Skeleton label={view.loading} />}
      {view.messages?.map((message) => (
        <Message key={message.strong} {...message} />
      ))}
      {!view.strong && actions}
      {view.strong && <p className="crmjira-strong crmjira-lede">{view.strong}</p>}
      <div className={wide ? 'crmjira-beside' : undefined}>
        <div>
          {view.headline && <Headline headline={view.headline} />}
          {chart && (
            <Chart
              picture={bullet(chart, widths.bullet, !narrow && !wide, measure)}
              sentence={view.summary}
              hatchId={`${id}-band`}
            />
          )}
          {view.lede && <p className="crmjira-sub">{view.lede}</p>}
          {view.figures && <FigureList figures={view.figures} />}
          {view.whatIf && <WhatIfSliders view={view.whatIf} onChange={props.onWhatIf} />}
        </div>
        {chart && view.burnUp && shown === 'chart' && (
          // The bar's sentence and the table say the same figures.
          <Chart picture={burnUp(chart, widths.burnUp, widths.burnUpHeight, narrow, measure)} hatchId={`${id}-cone`} />
        )}
        {view.table && shown === 'table' && <BurnTable table={view.table} onAction={props.onAction} />}
      </div>
      {view.strong && actions}
      {!!view.footer?.length && (
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
