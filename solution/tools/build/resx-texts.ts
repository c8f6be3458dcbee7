import { readFileSync } from 'node:fs';
import type { Plugin } from 'esbuild';
import { attributeNamed, childText, parseXmlTree } from '../xml/xml-tree';

/** Takes in a resx file as an object of key → text. */
export const resxTexts: Plugin = {
  name: 'resx-texts',
  setup({ onLoad }) {
    onLoad({ filter: /\.resx$/ }, ({ path }) => {
      const root = parseXmlTree(path, readFileSync(path, 'utf8'));
      const texts = root.children
        .filter(({ name }) => name === 'data')
        .map((data) => [attributeNamed(data, 'name') ?? '', childText(data, 'value') ?? '']);
      return { contents: JSON.stringify(Object.fromEntries(texts)), loader: 'json' };
    });
  },
};
