import { version } from 'react';
import { version as domVersion } from 'react-dom';

/** Set by the project of jest.config.cjs that maps React to another release. */
const { reactOfThisProject = '16.14.0' } = globalThis as { reactOfThisProject?: string };

it('these tests run on the React that their project names', () => {
  expect([version, domVersion]).toEqual([reactOfThisProject, reactOfThisProject]);
});
