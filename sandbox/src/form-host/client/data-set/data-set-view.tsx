import * as React from 'react';
import type { ControlDefinition, DataSetPlacement, HostDefinition, Persona } from '../../contract';
import type { Language } from '../language';
import { ControlFrame, useWidth } from '../pcf/control-frame';
import type { HostTheme } from '../pcf/design-language';
import type { ControlClass } from '../pcf/registry';
import type { PageNavigator } from '../xrm/navigation-api';
import { createDataSetContext } from './data-set-context';

export interface DataSetViewProps {
  readonly placement: DataSetPlacement;
  readonly dataset: ComponentFramework.PropertyTypes.DataSet;
  readonly definition: HostDefinition;
  readonly persona: Persona;
  readonly language: Language;
  readonly theme: HostTheme;
  readonly pageNavigator: PageNavigator;
}

/** Rows of a view, shown by the data set component that stands on it. */
export function DataSetView(props: DataSetViewProps) {
  const { placement, definition, language } = props;
  return (
    <ControlFrame controls={definition.controls} name={placement.name} language={language}>
      {(control, found) => <RunningView {...props} control={control} found={found} />}
    </ControlFrame>
  );
}

interface RunningProps extends DataSetViewProps {
  readonly control: ControlClass;
  readonly found: ControlDefinition;
}

function RunningView({ control: Control, found, placement, dataset, ...props }: RunningProps) {
  const box = React.useRef<HTMLDivElement>(null);
  const width = useWidth(box);
  const instance = React.useRef<ComponentFramework.ReactControl<unknown, unknown> | null>(null);
  React.useEffect(() => () => instance.current?.destroy(), []);
  const context = createDataSetContext({
    ...props,
    definition: found,
    name: placement.dataSet,
    dataset,
    width,
    updatedProperties: ['dataset'],
  });
  if (!instance.current) {
    instance.current = new Control();
    instance.current.init(context, () => undefined, {});
  }
  return (
    <div ref={box} className="control-box" data-control={placement.name}>
      {width >= 0 && instance.current.updateView(context)}
    </div>
  );
}
