import * as React from 'react';

/**
 * Whether the form holds what is not saved. No host tells a control: what the fields hold is compared with what they held when the saved
 * row was last read anew, as field and row write a moment differently.
 * @param typed what stands in the fields @param saved the row's own values of them; null: not read yet
 */
export function useDirty(typed: string, saved: string | null): boolean {
  const [clean, set] = React.useState({ typed, saved });
  if (clean.saved !== saved) set({ typed, saved });
  return clean.saved === saved && clean.typed !== typed;
}
