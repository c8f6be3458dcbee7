import { readFileSync } from 'node:fs';
import { currentPage, pictureFile, type PictureRecord, recordFile, sha256 } from '../end-to-end/diagram/picture-record';
import { writePage } from '../end-to-end/diagram/write-page';

// Written by `npm run diagram`.
const record = JSON.parse(readFileSync(recordFile, 'utf8')) as PictureRecord;

test('R-2210 architecture-diagram.png shows what ARCHITECTURE.md says now: npm run diagram draws it anew', () => {
  expect(sha256(currentPage())).toBe(record.page);
  expect(sha256(readFileSync(pictureFile))).toBe(record.picture);
});

test('R-2210 a part that has no place in the picture is named, with the file to edit', () => {
  expect(() => writePage([{ from: 'proxy', to: 'Teams', through: 'a card' }])).toThrow(
    'Give a place in tests/end-to-end/diagram/write-page.ts to: Teams; proxy → Teams',
  );
});
