import { type ControlName, type Scene, fileOf } from './scene';

export interface Look {
  readonly name: string;
  readonly language: 1033 | 3084;
  readonly theme: 'light' | 'dark';
  readonly forcedColors: boolean;
}

export const english: Look = { name: 'light-en', language: 1033, theme: 'light', forcedColors: false };
export const darkFrench: Look = { name: 'dark-fr', language: 3084, theme: 'dark', forcedColors: false };
/** On the same page as the light one: only what draws it changes. */
export const forced: Look = { name: 'forced-en', language: 1033, theme: 'light', forcedColors: true };

export const looks: readonly Look[] = [english, darkFrench, forced];

/**
 * The looks in which a state is drawn: the light English one, in which it is also read, and one of the others. Half of the states
 * are drawn in forced colours, half in dark French; which half depends on the name alone, so that a new state moves no other.
 */
export const isDrawnIn = (name: string, look: { readonly name: string }): boolean =>
  look.name === english.name || look.name === (name.length % 2 === 0 ? forced : darkFrench).name;

/** CSS pixels of the control itself: a column on a phone, half a form, a whole row. */
export const widths = [300, 640, 1280] as const;

/**
 * Width of a control in a look: the nine pairs of look and width are spread over the states. It depends on the state's name alone,
 * so that a new state moves no other.
 */
export function widthOf(scene: Scene, control: ControlName, look: Look): number {
  const width = widths[(fileOf(scene, control).length + looks.indexOf(look)) % widths.length];
  if (width === undefined) throw new Error(`${look.name} is no look.`);
  return width;
}

/** Name of the picture of a control in a scene and a look. */
export const pictureOf = (scene: Scene, control: ControlName, look: Look): string =>
  `${fileOf(scene, control)}-${look.name}-${widthOf(scene, control, look)}`;
