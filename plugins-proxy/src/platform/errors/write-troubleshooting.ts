import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format } from 'oxfmt';
import { troubleshootingText } from './troubleshooting';

/** `npm run generate:troubleshooting` */
async function main(): Promise<void> {
  const { code } = await format('troubleshooting.md', troubleshootingText(), { printWidth: 120 });
  writeFileSync(join(__dirname, '..', '..', '..', '..', 'docs', 'troubleshooting.md'), code);
}

void main();
