import * as React from 'react';
import { BULLET, type BulletLayout } from '../geometry/bullet';
import type { SpentTone } from '../geometry/chart-data';
import { Hatch } from './hatch';

/** The bar of spent against approved; its sentence says every figure, so it needs no tab stop. */
export function BulletBar(props: {
  readonly layout: BulletLayout;
  readonly tone: SpentTone;
  readonly summary: string;
  readonly hatchId: string;
}): React.ReactElement {
  const { layout, tone, hatchId } = props;
  const { track, spent, forecast, labels } = layout;
  const foot = BULLET.trackTop + BULLET.trackHeight;
  return (
    <svg className="crmjira-chart" role="img" aria-label={props.summary} width={layout.width} height={layout.height}>
      <Hatch id={hatchId} />
      <rect className="crmjira-track" x={track.x} y={BULLET.trackTop} width={track.width} height={BULLET.trackHeight} />
      <path className="crmjira-base" d={`M${layout.approvedX} ${foot - 0.5}H${layout.baseEnd}`} />
      {spent ? (
        <rect
          className={`crmjira-bar crmjira-fill-${tone}`}
          x={spent.x}
          y={BULLET.barTop}
          width={spent.width}
          height={BULLET.barHeight}
        />
      ) : null}
      {forecast ? (
        <rect
          className="crmjira-band"
          fill={`url(#${hatchId})`}
          x={forecast.x}
          y={BULLET.trackTop}
          width={forecast.width}
          height={BULLET.trackHeight}
        />
      ) : null}
      <path className="crmjira-halo" d={`M${layout.warningX} ${BULLET.tickTop}V${foot - 0.5}`} strokeWidth="3" />
      <path className="crmjira-tick" d={`M${layout.warningX} ${BULLET.tickTop}V${foot}`} />
      <path
        className="crmjira-halo"
        d={`M${layout.approvedX} ${BULLET.markerTop}V${BULLET.markerBottom}`}
        strokeWidth="6"
      />
      <path className="crmjira-marker" d={`M${layout.approvedX} ${BULLET.markerTop}V${BULLET.markerBottom}`} />
      <text x={labels.warning.x} y={BULLET.labelAbove}>
        {labels.warning.text}
      </text>
      <text className="crmjira-main" x={labels.full.x} y={BULLET.labelAbove}>
        {labels.full.text}
      </text>
      <text className="crmjira-figure" x={labels.spent.x} y={BULLET.labelBelow}>
        {labels.spent.text}
      </text>
      {labels.forecast ? (
        <text className="crmjira-main" x={labels.forecast.x} y={BULLET.labelBelow}>
          {labels.forecast.text}
        </text>
      ) : null}
    </svg>
  );
}
