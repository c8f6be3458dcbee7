/** What the controls' code takes from Fluent, for pages: they would carry all of it, where a control gets it from the platform. */
export { DefaultButton, PrimaryButton } from './plain-buttons';
export { getColorFromString, getContrastRatio } from './plain-colours';
export { Slider } from './plain-slider';

let ids = 0;

/** An id that is used once on the page. */
export function getId(prefix: string): string {
  ids += 1;
  return `${prefix}${ids}`;
}

/** Listens to an event. @returns stops listening */
export function on(target: EventTarget, name: string, listener: EventListener): () => void {
  target.addEventListener(name, listener);
  return () => target.removeEventListener(name, listener);
}
