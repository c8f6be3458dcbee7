import type { SolutionMetadata } from '@crmjira/domain';
import type { ComponentRow } from './component-rows';

/** A component that a solution brings or needs: type code or name of its table, and what names it. */
export interface ComponentName {
  readonly type: string;
  /** in lower case; empty when the package gives none */
  readonly schemaName: string;
  /** without braces, in lower case; empty when the package gives none */
  readonly id: string;
}

/** `<MissingDependency>`: a component that must be there before this solution. */
export interface Requirement {
  readonly component: ComponentName;
  readonly displayName: string;
  /** `unique name (version)` of the solution that brings it. */
  readonly solution: string;
  /** The component that needs it. */
  readonly dependent: { readonly type: string; readonly displayName: string };
}

/** A main form, a view, the ribbon or the components of a table as the package has it: with the names in every language, which no row holds. */
export interface ShownPart {
  readonly kind: 'form' | 'view' | 'ribbon' | 'components';
  /** without braces, in lower case; ribbon and components are known by their table */
  readonly id: string;
  readonly table: string;
  /** `<systemform>`, `<savedquery>`, `<RibbonDiffXml>` or `<CustomControlDefaultConfigs>` */
  readonly xml: string;
}

/** What an environment remembers of an imported package. */
export interface InstalledSolution {
  readonly uniqueName: string;
  readonly version: string;
  readonly isManaged: boolean;
  /** An unmanaged solution that was deleted: its components stay, and nobody lists it. */
  readonly isContainerDeleted?: boolean;
  /** SHA-256 of the package, in hexadecimal: the same package is not imported twice at start. */
  readonly hash: string;
  /** ISO 8601 */
  readonly installedOn: string;
  readonly friendlyName: string;
  readonly description: string;
  readonly publisher: {
    readonly uniqueName: string;
    readonly friendlyName: string;
    readonly prefix: string;
    readonly optionValuePrefix: number | null;
  };
  readonly metadata: SolutionMetadata;
  readonly components: readonly ComponentRow[];
  readonly shown: readonly ShownPart[];
  readonly provides: readonly ComponentName[];
  readonly requires: readonly Requirement[];
  /** What the package brought and the stand-in does not have, each as `kind name`, with the reason where the kind does not say it. */
  readonly leftAside: readonly string[];
}

/** `1.2.0.0` before `1.10.0.0`: negative, zero or positive. */
export function compareVersions(one: string, other: string): number {
  const numbers = (version: string): number[] => version.split('.').map(Number);
  const [left, right] = [numbers(one), numbers(other)];
  for (let at = 0; at < Math.max(left.length, right.length); at += 1) {
    const difference = (left[at] ?? 0) - (right[at] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
