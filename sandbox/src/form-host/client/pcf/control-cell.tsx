import * as React from 'react';
import type { ControlDefinition, CustomControlPlacement, FormControl } from '../../contract';
import type { FormSession } from '../form/form-session';
import { createControlContext } from './control-context';
import { ControlFrame, useWidth } from './control-frame';
import type { HostTheme } from './design-language';
import type { ControlClass } from './registry';

export interface ControlCellProps {
  readonly placement: CustomControlPlacement;
  readonly control: FormControl;
  readonly session: FormSession;
  readonly theme: HostTheme;
}

/** A cell with a code component, run through init, updateView and destroy. */
export function ControlCell(props: ControlCellProps) {
  const { placement, session } = props;
  const { definition, language } = session.parts;
  return (
    <ControlFrame controls={definition.controls} name={placement.name} language={language}>
      {(control, found) => (
        <RunningControl {...props} control={control} definition={found} formControl={props.control} />
      )}
    </ControlFrame>
  );
}

type RunningProps = Omit<ControlCellProps, 'control'> & {
  readonly control: ControlClass;
  readonly definition: ControlDefinition;
  readonly formControl: FormControl;
};

function RunningControl({ control: Control, definition, formControl, placement, session, theme }: RunningProps) {
  const box = React.useRef<HTMLDivElement>(null);
  const width = useWidth(box);
  const [, draw] = React.useState(0);
  const instance = React.useRef<ComponentFramework.ReactControl<unknown, unknown> | null>(null);
  const before = React.useRef({ version: -1, width: -1 });
  const tracks = React.useRef(false);

  React.useEffect(() => () => instance.current?.destroy(), []);

  const updated = [
    ...(before.current.version !== session.model.version ? ['parameters'] : []),
    ...(before.current.width !== width ? ['layout'] : []),
  ];
  before.current = { version: session.model.version, width };
  const contextNow = () =>
    createControlContext({
      session,
      control: formControl,
      placement,
      definition,
      theme,
      width: tracks.current ? width : -1,
      updatedProperties: updated,
      trackResize: (track) => void (tracks.current = track),
      requestRender: () => draw((count) => count + 1),
    });
  if (!instance.current) {
    instance.current = new Control();
    instance.current.init(contextNow(), () => writeOutputs(), {});
  }
  const writeOutputs = () => {
    const outputs = instance.current?.getOutputs?.();
    if (typeof outputs !== 'object' || outputs === null) return;
    for (const [name, value] of Object.entries(outputs)) {
      const bound = placement.parameters[name];
      if (bound && 'column' in bound) session.change(bound.column, value ?? null);
    }
  };
  return (
    <div ref={box} className="control-box" data-control={placement.name}>
      {width >= 0 && instance.current.updateView(contextNow())}
    </div>
  );
}
