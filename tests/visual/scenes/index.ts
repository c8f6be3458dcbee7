import type { Scene } from '../scene';
import { approval } from './approval';
import { hostile } from './hostile';
import { projectAndFigures } from './project-and-figures';
import { withoutAccess } from './without-access';

/** Every state of every control that design asks for: personas, pictures and transcripts are run over all of them. */
export const scenes: readonly Scene[] = [...projectAndFigures, ...withoutAccess, ...approval, ...hostile];
