import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve, sep } from 'node:path';
import { type InstalledSolution, mergedMetadata } from '../dataverse/index';
import { type HostFolders, hostFolders } from '../form-host/index';

/** Table whose main form the page shows. */
const formTable = 'opportunity';
const controlFile = /^cc_([^/]+\.([^/.]+))\/(.+)$/;

/**
 * Writes what imported solutions show to people, main form, web resources and controls, where the page finds them, laid out as
 * their builds are. Nothing of an earlier import stays.
 *
 * @param folder emptied and filled
 */
export function publishSolution(installed: readonly InstalledSolution[], folder: string): HostFolders {
  const folders: HostFolders = {
    ...hostFolders,
    controls: join(folder, 'controls'),
    webResources: join(folder, 'web-resources'),
    opportunityForms: join(folder, 'forms'),
    metadata: join(folder, 'metadata.json'),
  };
  rmSync(folder, { recursive: true, force: true });
  write(folder, 'metadata.json', JSON.stringify(mergedMetadata(installed.map(({ metadata }) => metadata))));
  for (const { forms, components } of installed) {
    for (const { id, table, xml } of forms)
      if (table === formTable) write(folders.opportunityForms, `${id}.xml`, `<forms>${xml}</forms>`);
    for (const { table, row } of components) {
      if (table !== 'webresource') continue;
      const name = String(row.name);
      const content = Buffer.from(String(row.content), 'base64');
      const [, control, constructor, file] = controlFile.exec(name) ?? [];
      if (control === undefined) write(folders.webResources, name.slice(name.lastIndexOf('/') + 1), content);
      else write(folders.controls, `${control}/out/controls/${constructor ?? ''}/${file ?? ''}`, content);
    }
  }
  return folders;
}

/** @throws Error for a name that leads out of the folder: names come from a package */
function write(folder: string, name: string, content: string | Uint8Array): void {
  const path = resolve(folder, name);
  if (!path.startsWith(`${resolve(folder)}${sep}`)) throw new Error(`The solution names a file outside of it: ${name}`);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
}
