import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildByPcfScripts } from '../../solution/tools/build/pcf-process';

const MANIFEST = `<?xml version="1.0" encoding="utf-8" ?>
<manifest>
  <control namespace="CrmJira" constructor="Probe" version="1.0.0" display-name-key="Probe" description-key="Probe" control-type="standard">
    <property name="value" display-name-key="Value" description-key="Value" of-type="SingleLine.Text" usage="bound" required="true" />
    <resources><code path="index.ts" order="1" /></resources>
  </control>
</manifest>`;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'crmjira-pcf-'));
  mkdirSync(join(folder, 'src', 'Probe'), { recursive: true });
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const write = (name: string, content: string) => writeFileSync(join(folder, 'src', 'Probe', name), content);

test('a control is refused with the words of pcf-scripts, and the process stays for the next one', async () => {
  write('ControlManifest.Input.xml', MANIFEST.replace('of-type="SingleLine.Text"', 'of-type="Nothing"'));
  write('index.ts', 'export class Probe {}');
  const [manifest, exports] = await Promise.all([
    buildByPcfScripts(folder),
    (async () => {
      // Waits for its turn: one control at a time.
      const other = join(folder, 'other');
      mkdirSync(join(other, 'src', 'Probe'), { recursive: true });
      writeFileSync(join(other, 'src', 'Probe', 'ControlManifest.Input.xml'), MANIFEST);
      writeFileSync(join(other, 'src', 'Probe', 'index.ts'), 'export class Probe {}\nexport class Second {}\n');
      return buildByPcfScripts(other);
    })(),
  ]);
  expect(manifest).toEqual({ succeeded: false, output: expect.stringMatching(/pcf-1014.*of-type is not one of/) });
  // The validation reads one file, not what it imports, and still sees what it is for.
  expect(exports).toEqual({ succeeded: false, output: expect.stringMatching(/pcf-\d+\] \[Error\].*export/i) });
});
