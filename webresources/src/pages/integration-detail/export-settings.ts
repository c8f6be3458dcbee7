import type { EnteredIntegration } from '@crmjira/domain';

/** Settings and mappings as a file: what is secret is stored elsewhere, and never here (R-1618). Pure. */
export const settingsFile = (entered: EnteredIntegration): string => `${JSON.stringify(entered, null, 2)}\n`;

/** Hands a file to the browser's downloads. */
export function downloadSettings(entered: EnteredIntegration): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([settingsFile(entered)], { type: 'application/json' }));
  link.download = `${entered.name.replace(/[^\w-]+/g, '-') || 'integration'}.json`;
  link.click();
  URL.revokeObjectURL(link.href);
}
