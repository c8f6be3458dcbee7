import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format } from 'prettier';
import { troubleshootingText } from './troubleshooting';

/** `npm run generate:troubleshooting` */
async function main(): Promise<void> {
  const text = await format(troubleshootingText(), { parser: 'markdown', printWidth: 120 });
  writeFileSync(join(__dirname, '..', '..', '..', '..', 'docs', 'troubleshooting.md'), text);
}

void main();
