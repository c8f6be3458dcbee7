import * as React from 'react';
import type { CustomControlPlacement, FormControl } from '../../contract';
import type { FormSession } from '../form/form-session';
import { word } from '../words';
import { createControlContext } from './control-context';
import type { HostTheme } from './design-language';
import { type ControlClass, findDefinition, loadControl } from './registry';

export interface ControlCellProps {
  readonly placement: CustomControlPlacement;
  readonly control: FormControl;
  readonly session: FormSession;
  readonly theme: HostTheme;
}

/** A cell with a code component: its production bundle, loaded once, run through init, updateView and destroy. */
export function ControlCell(props: ControlCellProps) {
  const { placement, session } = props;
  const definition = findDefinition(session.parts.definition.controls, placement.name);
  const [control, setControl] = React.useState<ControlClass | null>(null);
  const [failed, setFailed] = React.useState(false);
  React.useEffect(() => {
    let current = true;
    if (definition)
      loadControl(definition).then(
        // a class is a function: React would call it, had it not been wrapped
        (loaded) => current && setControl(() => loaded),
        (error: unknown) => {
          console.error(error);
          if (current) setFailed(true);
        },
      );
    return () => {
      current = false;
    };
  }, [definition]);
  const { language } = session.parts;
  if (!definition)
    return <p className="message warning">{word(language, 'controlMissing', { name: placement.name })}</p>;
  const stopped = <p className="message error">{word(language, 'controlFailed', { name: placement.name })}</p>;
  if (failed) return stopped;
  if (!control) return <div className="control-box" aria-busy="true" />;
  return (
    <ControlBoundary fallback={stopped}>
      <RunningControl {...props} control={control} formControl={props.control} />
    </ControlBoundary>
  );
}

type RunningProps = Omit<ControlCellProps, 'control'> & {
  readonly control: ControlClass;
  readonly formControl: FormControl;
};

/** Width of the cell, by a resize observer; -1 until it is known. */
function useWidth(box: React.RefObject<HTMLDivElement>): number {
  const [width, setWidth] = React.useState(-1);
  React.useLayoutEffect(() => {
    const element = box.current;
    if (!element) return undefined;
    setWidth(Math.floor(element.getBoundingClientRect().width));
    const observer = new ResizeObserver((entries) => {
      const measured = entries[0]?.contentRect.width;
      if (measured !== undefined) setWidth(Math.floor(measured));
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [box]);
  return width;
}

function RunningControl({ control: Control, formControl, placement, session, theme }: RunningProps) {
  const box = React.useRef<HTMLDivElement>(null);
  const width = useWidth(box);
  const [, draw] = React.useState(0);
  const instance = React.useRef<ComponentFramework.ReactControl<unknown, unknown> | null>(null);
  const definition = findDefinition(session.parts.definition.controls, placement.name);
  const before = React.useRef({ version: -1, width: -1 });
  const tracks = React.useRef(false);

  React.useEffect(() => () => instance.current?.destroy(), []);
  if (!definition) return null;

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

interface BoundaryProps {
  readonly fallback: React.ReactNode;
}

/** A component that throws takes its own cell down, not the form. */
class ControlBoundary extends React.Component<BoundaryProps, { readonly failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError() {
    return { failed: true };
  }

  override render() {
    return this.state.failed ? this.props.fallback : this.props.children;
  }
}
