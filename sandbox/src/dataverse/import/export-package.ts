import { unzip, zip } from '@crmjira/solution';
import { badRequest } from '../errors';
import { solutionError } from './solution-error';
import type { Solutions } from './solutions';

/**
 * The package of an unmanaged solution, as it is or made managed.
 * @throws DataverseError 400: there is none of that name, it is managed, or something of it was changed since its import
 */
export function exportPackage(solutions: Solutions, uniqueName: string, managed: boolean): Uint8Array {
  const found = solutions.installed.find((each) => each.uniqueName === uniqueName && each.isContainerDeleted !== true);
  if (!found)
    throw solutionError(
      'exportMissing',
      'An error occurred while exporting a solution. The solution does not exist in this system.',
    );
  const content = found.isManaged ? null : solutions.packageOf(uniqueName);
  if (content === null)
    throw solutionError(
      'exportManaged',
      'An error occurred while exporting a solution. Managed solutions cannot be exported.',
    );
  const changed = solutions.changedSinceImport(found);
  if (changed.length > 0)
    throw badRequest(
      `The solution ${uniqueName} cannot be exported: the stand-in exports a package as it was imported, and since then this was changed: ${changed.join(', ')}. Import the package that says so, or undo the change.`,
    );
  return managed ? madeManaged(uniqueName, content) : content;
}

/** A managed package says so in its manifest; nothing else of it differs. */
function madeManaged(uniqueName: string, content: Uint8Array): Uint8Array {
  const parts = new Map(unzip(uniqueName, content));
  const manifest = new TextDecoder().decode(parts.get('solution.xml'));
  const flag = /(<Managed>\s*)0(\s*<\/Managed>)/;
  if (!flag.test(manifest)) throw solutionError('invalidXml', 'solution.xml: <Managed> should be 0.');
  return zip(parts.set('solution.xml', new TextEncoder().encode(manifest.replace(flag, '$11$2'))));
}
