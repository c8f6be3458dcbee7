import * as React from 'react';
import type { ControlDefinition } from '../../contract';
import type { Language } from '../language';
import { word } from '../words';
import { type ControlClass, findDefinition, loadControl } from './registry';

export interface ControlFrameProps {
  readonly controls: readonly ControlDefinition[];
  /** `<prefix>_<Namespace>.<Constructor>` */
  readonly name: string;
  readonly language: Language;
  readonly children: (control: ControlClass, definition: ControlDefinition) => React.ReactElement;
}

/** Loads a code component's production bundle once; says in its place that it is missing, or that it has failed. */
export function ControlFrame({ controls, name, language, children }: ControlFrameProps) {
  const definition = findDefinition(controls, name);
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
  if (!definition) return <p className="message warning">{word(language, 'controlMissing', { name })}</p>;
  const stopped = <p className="message error">{word(language, 'controlFailed', { name })}</p>;
  if (failed) return stopped;
  if (!control) return <div className="control-box" aria-busy="true" />;
  return <ControlBoundary fallback={stopped}>{children(control, definition)}</ControlBoundary>;
}

interface BoundaryProps {
  readonly fallback: React.ReactNode;
}

/** A component that throws takes its own place down, not the page. */
class ControlBoundary extends React.Component<BoundaryProps, { readonly failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError() {
    return { failed: true };
  }

  override render() {
    return this.state.failed ? this.props.fallback : this.props.children;
  }
}

/** Width of the place, by a resize observer; -1 until it is known. */
export function useWidth(box: React.RefObject<HTMLDivElement>): number {
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
