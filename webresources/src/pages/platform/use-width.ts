import * as React from 'react';

/** Width of an element in pixels, kept up to date. @param otherwise before it has been measured */
export function useWidth(otherwise: number): readonly [React.RefObject<HTMLDivElement>, number] {
  const place = React.useRef<HTMLDivElement>(null);
  const [width, setWidth] = React.useState(otherwise);
  React.useLayoutEffect(() => {
    const element = place.current;
    if (element === null) return undefined;
    const measure = (): void => setWidth(Math.max(200, Math.floor(element.clientWidth)));
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return [place, width];
}
