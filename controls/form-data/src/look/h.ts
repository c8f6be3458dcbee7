import { createElement } from 'react';

/**
 * What JSX becomes in the controls. A name of our own is one letter in a bundle, a member of the platform's React a word at each
 * element: a hundred bytes of the 16 KB that a control may have.
 */
export const h = createElement;
