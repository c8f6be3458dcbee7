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

/** CSS pixels of the control itself: a column on a phone, half a form, a whole row. */
export const widths = [300, 640, 1280] as const;

/**
 * Width of a control in a look. Each state is seen at every width and in every look, not at every width in every look: the nine
 * pairs of look and width are spread over the states. It depends on the state's name alone, so that a new state moves no other.
 */
export function widthOf(scene: Scene, control: ControlName, look: Look): number {
  const width = widths[(fileOf(scene, control).length + looks.indexOf(look)) % widths.length];
  if (width === undefined) throw new Error(`${look.name} is no look.`);
  return width;
}

/** Name of the picture of a control in a scene and a look. */
export const pictureOf = (scene: Scene, control: ControlName, look: Look): string =>
  `${fileOf(scene, control)}-${look.name}-${widthOf(scene, control, look)}`;
