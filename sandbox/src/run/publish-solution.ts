import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve, sep } from 'node:path';
import { type InstalledSolution, mergedMetadata } from '../dataverse/index';
import { type HostFolders, hostFolders } from '../form-host/index';

const noSiteMap = '<SiteMap />';
/** Solutions merge their ribbons: one that says nothing takes nothing of another's away. */
const addsToRibbon = /<(Hide)?CustomAction\s/;
const controlFile = /^cc_([^/]+\.([^/.]+))\/(.+)$/;

/**
 * Writes what imported solutions show to people, main forms, ribbon, views, site map, web resources and controls, where the page finds
 * them, laid out as source and builds are. Nothing of an earlier import stays, and nothing is taken from the source.
 *
 * @param folder emptied and filled
 */
export function publishSolution(installed: readonly InstalledSolution[], folder: string): HostFolders {
  const entities = join(folder, 'entities');
  const folders: HostFolders = {
    ...hostFolders,
    controls: join(folder, 'controls'),
    webResources: join(folder, 'web-resources'),
    entities: [entities],
    siteMap: join(folder, 'site-map.xml'),
    metadata: [join(folder, 'metadata.json')],
  };
  rmSync(folder, { recursive: true, force: true });
  write(folder, 'metadata.json', JSON.stringify(mergedMetadata(installed.map(({ metadata }) => metadata))));
  write(folder, 'site-map.xml', noSiteMap);
  for (const { shown, components } of installed) {
    for (const { kind, id, table, xml } of shown) {
      if (kind === 'form') write(entities, `${table}/FormXml/main/${id}.xml`, `<forms>${xml}</forms>`);
      if (kind === 'view') write(entities, `${table}/SavedQueries/${id}.xml`, `<savedqueries>${xml}</savedqueries>`);
      if (kind === 'ribbon' && addsToRibbon.test(xml)) write(entities, `${table}/RibbonDiff.xml`, xml);
      if (kind === 'components') write(entities, `${table}/Entity.xml`, `<Entity>${xml}</Entity>`);
    }
    for (const { table, row } of components) {
      if (table === 'sitemap') write(folder, 'site-map.xml', String(row.sitemapxml ?? noSiteMap));
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
