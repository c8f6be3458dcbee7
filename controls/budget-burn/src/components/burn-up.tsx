import * as React from 'react';
import type { BurnUpLayout, Label } from '../geometry/burn-up';
import type { SpentTone } from '../geometry/chart-data';
import { Hatch } from './hatch';

/** Spending over time. Hidden from assistive technology: the bar's sentence and the table say the same figures. */
export function BurnUp(props: {
  readonly layout: BurnUpLayout;
  readonly tone: SpentTone;
  readonly hatchId: string;
}): React.ReactElement {
  const { layout, tone, hatchId } = props;
  const { cone, bracket, today } = layout;
  return (
    <svg className="crmjira-chart" aria-hidden="true" focusable="false" width={layout.width} height={layout.height}>
      <Hatch id={hatchId} />
      {layout.grid.map((line, index) => (
        <path
          key={line.y}
          className={index === 0 ? 'crmjira-base' : 'crmjira-grid'}
          d={`M${layout.left} ${line.y}H${layout.right}`}
        />
      ))}
      {layout.months.map((month) => (
        <path key={month.x} className="crmjira-base" d={`M${month.x} ${layout.bottom}v4`} />
      ))}
      <path className="crmjira-approved" d={layout.approvedPath} />
      {cone ? (
        <>
          <path className="crmjira-cone" d={cone.area} />
          <path className="crmjira-runoutbar" d={`M${cone.bar.from} ${cone.bar.y}H${cone.bar.to}`} />
          <path className="crmjira-centre" d={cone.centrePath} />
        </>
      ) : null}
      {bracket ? (
        <rect
          className="crmjira-band"
          fill={`url(#${hatchId})`}
          x={bracket.x}
          y={bracket.y}
          width="8"
          height={bracket.height}
        />
      ) : null}
      <path className={`crmjira-line crmjira-stroke-${tone}`} d={layout.spentPath} />
      <path className="crmjira-today" d={`M${layout.todayX} 14V${layout.bottom}`} />
      <circle className={`crmjira-dot crmjira-fill-${tone}`} cx={today.x} cy={today.y} r="4" />
      {cone ? <circle className="crmjira-runout" cx={cone.runOut.x} cy={cone.runOut.y} r="4.5" /> : null}
      {layout.milestones.map((mark) => (
        <path
          key={mark.x}
          className={mark.released ? 'crmjira-released' : 'crmjira-planned'}
          d={`M${mark.x} ${mark.y - 4}l4 4-4 4-4-4z`}
        />
      ))}
      <Labels labels={[...layout.grid.map(({ label }) => label), ...layout.months.map(({ label }) => label)]} />
      <Labels labels={layout.milestones.map(({ label }) => label)} />
      <Labels labels={[layout.todayLabel, ...layout.forecastLabels.slice(0, 1)]} />
      <Labels
        labels={[...layout.approvedLabels, ...layout.forecastLabels.slice(1), layout.runOutLabel]}
        className="crmjira-main"
      />
      <Labels labels={[layout.spentLabel]} className={`crmjira-figure crmjira-text-${tone}`} />
    </svg>
  );
}

function Labels(props: {
  readonly labels: readonly (Label | null)[];
  readonly className?: string;
}): React.ReactElement {
  return (
    <>
      {props.labels.map((label, index) =>
        label ? (
          <text key={index} className={props.className} x={label.x} y={label.y} textAnchor={label.anchor}>
            {label.text}
          </text>
        ) : null,
      )}
    </>
  );
}
