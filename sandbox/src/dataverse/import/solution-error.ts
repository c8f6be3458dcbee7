import { DataverseError } from '../errors';

/** Source: learn.microsoft.com "Dataverse: web service error codes". */
export const solutionErrorCode = {
  /** The archive lacks solution.xml, customizations.xml or [Content_Types].xml, or is no archive. */
  badZipFile: '0x80048060',
  fileTooLarge: '0x80040375',
  invalidXml: '0x8004802c',
  importFailed: '0x80048033',
  missingDependencies: '0x8004801d',
  missingRootComponent: '0x8004803a',
  exportManaged: '0x80048036',
  exportMissing: '0x80048037',
  installedAsManaged: '0x80048038',
  managedOverUnmanaged: '0x80048040',
  dependenciesExist: '0x8004f01d',
} as const;

/** An import or an uninstallation that was refused: nothing of it was kept. */
export const solutionError = (
  code: keyof typeof solutionErrorCode,
  message: string,
  options?: ErrorOptions,
): DataverseError => new DataverseError(400, solutionErrorCode[code], message, {}, options);
