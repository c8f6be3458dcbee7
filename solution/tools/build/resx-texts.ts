import { readFileSync } from 'node:fs';
import type { Plugin } from 'esbuild';
import { resxEntries } from '../xml/resx';

/** Takes in a resx file as an object of key → text. */
export const resxTexts: Plugin = {
  name: 'resx-texts',
  setup({ onLoad }) {
    onLoad({ filter: /\.resx$/ }, ({ path }) => {
      const texts = resxEntries(path, readFileSync(path, 'utf8'));
      return { contents: JSON.stringify(Object.fromEntries(texts)), loader: 'json' };
    });
  },
};
