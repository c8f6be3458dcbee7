import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { folderVariable } from './kept-logs';

/** Before the tests of a run: a folder for what every proxy of it logs. Several projects share it. */
export default function setUp(): void {
  process.env[folderVariable] ??= mkdtempSync(join(tmpdir(), 'crmjira-logs-'));
}
